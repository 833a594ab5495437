// One request from the bot, from the address line to the answer: hooks, faults, flood limits, the
// method itself, and the record of what happened.
import { setTimeout as pause } from 'node:timers/promises';
import { TelegramRefusal, badRequest } from './refusal.ts';
import { integerIn } from './payload.ts';
import { methodNamed } from './methods.ts';
import type { ApiCall } from './events.ts';
import type { Fault, Faults } from './faults.ts';
import type { FloodGate } from './flood.ts';
import type { LongPoll } from './long-poll.ts';
import type { Webhook } from './webhook.ts';
import type { Payload } from './payload.ts';
import type { World } from './world.ts';

/** What a hook is told; `before` the call is carried out, `after` it but before the answer. */
export type RequestMoment = { method: string; payload: Payload; phase: 'before' | 'after' };

/**
 * Awaited at both moments, so that a test can end the bot's process exactly there. Returning 'drop'
 * cuts the line: before execution the call is not carried out, after it the answer is lost. Calls
 * that meet a fault before execution have no second moment.
 */
export type RequestHook = (moment: RequestMoment) => unknown;

/** How a call ends on the wire: a JSON answer, a foreign page, or no answer at all. */
export type Outcome =
  | { kind: 'json'; status: number; body: Record<string, unknown> }
  | { kind: 'html'; status: number }
  | { kind: 'drop' };

export type Office = {
  world: World;
  faults: Faults;
  flood: FloodGate;
  hooks: Set<RequestHook>;
  longPoll: LongPoll;
  webhook: Webhook;
};

const MOST_CALLS_KEPT = 20_000;
const DROP_BEFORE: Fault = { kind: 'drop-before' };

function refusalOutcome(error: unknown): Extract<Outcome, { kind: 'json' }> {
  const refusal = error instanceof TelegramRefusal ? error : undefined;
  const status = refusal?.code ?? 500;
  const hasParameters = Object.keys(refusal?.parameters ?? {}).length > 0;
  return {
    kind: 'json',
    status,
    body: {
      ok: false,
      error_code: status,
      description: refusal?.message ?? `Internal Server Error: ${String(error)}`,
      ...(hasParameters && { parameters: refusal?.parameters }),
    },
  };
}

function statusFault(fault: Extract<Fault, { kind: 'status' }>): Outcome & { kind: 'json' } {
  const parameters = fault.retryAfter === undefined ? {} : { retry_after: fault.retryAfter };
  return refusalOutcome(new TelegramRefusal(fault.code, fault.description, parameters));
}

async function execute(office: Office, method: string, payload: Payload, signal: AbortSignal) {
  const { world, flood, longPoll, webhook } = office;
  try {
    switch (method.toLowerCase()) {
      case 'getupdates':
        return succeeded(await longPoll.getUpdates(payload, signal));
      case 'setwebhook': {
        const set = webhook.set(payload);
        longPoll.giveWay();
        return succeeded(set);
      }
      case 'deletewebhook':
        return succeeded(webhook.remove(payload));
      case 'getwebhookinfo':
        return succeeded(webhook.info());
      default: {
        const run = methodNamed(method);
        if (!run) throw new TelegramRefusal(404, 'Not Found');
        flood.pass(method, payload);
        return succeeded(await run(world, payload));
      }
    }
  } catch (error) {
    return refusalOutcome(error);
  }
}

function succeeded(result: unknown): Extract<Outcome, { kind: 'json' }> {
  return { kind: 'json', status: 200, body: { ok: true, result } };
}

function record(office: Office, call: Omit<ApiCall, 'ok'>, outcome: Outcome): void {
  const { world } = office;
  const body = outcome.kind === 'json' ? outcome.body : undefined;
  const chatId = integerIn(call.payload, 'chat_id');
  const entry: ApiCall = {
    ...call,
    ...(chatId !== undefined && { chatId }),
    ok: body?.['ok'] === true,
    ...(outcome.kind !== 'drop' && outcome.status !== 200 && { errorCode: outcome.status }),
    ...(typeof body?.['description'] === 'string' && { description: body['description'] }),
  };
  world.calls.push(entry);
  if (world.calls.length > MOST_CALLS_KEPT) world.calls.splice(0, MOST_CALLS_KEPT / 2);
  world.hub.emit({ type: 'call', call: entry });
}

/** True when a hook wants the line cut. */
async function runHooks(office: Office, moment: RequestMoment): Promise<boolean> {
  let isCut = false;
  for (const hook of [...office.hooks]) {
    if ((await hook(moment)) === 'drop') isCut = true;
  }
  return isCut;
}

/** Carries one call through; `signal` tells that the caller went away. */
export async function handleCall(
  office: Office,
  request: { seq: number; method: string; payload: Payload | TelegramRefusal; signal: AbortSignal },
): Promise<Outcome> {
  const { seq, method, signal } = request;
  const payload = request.payload instanceof TelegramRefusal ? {} : request.payload;
  const call = { seq, at: office.world.now(), method, payload };
  const isCut = await runHooks(office, { method, payload, phase: 'before' });
  // A caller that died while the hooks ran counts as one whose request never arrived.
  const fault = isCut || signal.aborted ? DROP_BEFORE : office.faults.meet(method, payload);
  const early = await earlyOutcome(fault, signal);
  if (early) {
    record(office, early.kind === 'drop' ? { ...call, isLost: true } : call, early);
    return early;
  }
  const outcome =
    request.payload instanceof TelegramRefusal
      ? refusalOutcome(request.payload)
      : await execute(office, method, payload, signal);
  const isLost = fault?.kind === 'drop-after';
  record(office, isLost ? { ...call, isLost } : call, outcome);
  const isAnswerCut = await runHooks(office, { method, payload, phase: 'after' });
  if (fault?.kind === 'hang' && fault.after) await pauseUnless(signal, fault.ms);
  return isLost || isAnswerCut ? { kind: 'drop' } : outcome;
}

async function earlyOutcome(fault: Fault | undefined, signal: AbortSignal): Promise<Outcome | undefined> {
  switch (fault?.kind) {
    case 'status':
      return statusFault(fault);
    case 'html':
      return { kind: 'html', status: fault.status };
    case 'drop-before':
      return { kind: 'drop' };
    case 'hang':
      if (fault.after) return undefined;
      await pauseUnless(signal, fault.ms);
      // A caller that gave up while the request hung never had it carried out.
      return signal.aborted ? { kind: 'drop' } : undefined;
    case 'drop-after':
    case undefined:
      return undefined;
  }
}

async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** The answer to a request whose address is not a method of this bot. */
export function addressRefusal(error: TelegramRefusal): Outcome {
  return refusalOutcome(error);
}

/** What to answer when the body could not be read. */
export function bodyRefusal(error: unknown): TelegramRefusal {
  return error instanceof TelegramRefusal ? error : badRequest("can't read the request");
}
