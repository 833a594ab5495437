// A strict local stand-in of the OneClickDz v3 provider over real HTTP: the playground sells against it and the
// tests script it. It accepts and refuses what the provider's pages say, and misbehaves on demand.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, shut } from '../loopback.ts';
import { failure, wrap } from './envelope.ts';
import type { Reply } from './envelope.ts';
import { answeredOf, callOf, readRequest, write } from './exchange.ts';
import { codeOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { createJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { createMask } from './masking.ts';
import { withDefaults } from './options.ts';
import type { ProviderStandInOptions, Settings } from './options.ts';
import { answer } from './router.ts';
import type { Request } from './router.ts';
import { controlsOf } from './stand-in.ts';
import type { ProviderStandIn, RequestHook } from './stand-in.ts';
import { createIdMaker, createWorld } from './world.ts';
import type { World } from './world.ts';

export type { ProviderStandIn, RequestHook } from './stand-in.ts';
export type { ProviderStandInOptions, Product, Products } from './options.ts';
export type { Course, Lookup, Outcome, ServiceType } from './outcome.ts';
export type { Fault, FaultOrder, Outage } from './faults.ts';
export type { Transaction } from './ledger.ts';
export type { Answered, Call, StandInEvent } from './journal.ts';
export type { AcceptedOrder } from './order-book.ts';
export type { Shape } from './envelope.ts';
export type { TestNumber } from './test-numbers.ts';
export { testNumbers } from './test-numbers.ts';

type Desk = {
  readonly settings: Settings;
  readonly journal: Journal;
  readonly hooks: Set<RequestHook>;
  readonly nextRequestId: () => string;
  world: World;
};

/** Starts the stand-in on 127.0.0.1; rejects when the port is taken. */
export async function startProviderStandIn(options: ProviderStandInOptions = {}): Promise<ProviderStandIn> {
  const settings = withDefaults(options);
  const newId = createIdMaker(settings.now);
  const journal = createJournal(() => desk.world.book.catchUp());
  const freshWorld = (): World =>
    createWorld(settings, newId, {
      orderChanged: (order) => journal.tell({ kind: 'order', order }),
      balanceChanged: (balance) => journal.tell({ kind: 'balance', balance }),
    });
  const desk: Desk = {
    settings,
    journal,
    hooks: new Set(),
    nextRequestId: createRequestIds(),
    world: freshWorld(),
  };
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    (message, response) => void serve(desk, message, response),
  );
  const port = await listen(server, settings.port);
  return {
    ...controlsOf({ current: () => desk.world, journal, hooks: desk.hooks }),
    url: `http://127.0.0.1:${port}/v3`,
    key: settings.key,
    calls: journal.calls,
    startOver() {
      server.closeAllConnections();
      desk.world = freshWorld();
      journal.clear();
    },
    close: () => shut(server),
  };
}

async function serve(desk: Desk, message: IncomingMessage, response: ServerResponse): Promise<void> {
  let seq: number | undefined;
  let reply: Reply;
  let mask = createMask([desk.settings.key]);
  // Taken on arrival: what was under way when somebody started over must not land in the new world.
  const { world } = desk;
  try {
    const request = await readRequest(message);
    mask = createMask([desk.settings.key, request.key]);
    seq = desk.journal.arrived(callOf(request, desk.settings.now(), mask));
    await callHooks(desk, 'before', request);
    reply = await handle(desk, world, request);
    await callHooks(desk, 'after', request);
  } catch (error) {
    // A caller that went away while sending lands here too; then there is nobody left to answer.
    reply = explain(desk, failure(500, 'INTERNAL_ERROR', `The stand-in failed: ${String(error)}`));
  }
  const status = write(response, reply);
  if (seq !== undefined) desk.journal.answered(seq, status, answeredOf(reply, mask));
}

async function handle(desk: Desk, world: World, request: Request): Promise<Reply> {
  const fault = world.faults.take(request.method, request.path);
  if (fault === undefined) return answer(world, request, desk.nextRequestId());
  switch (fault.kind) {
    case 'drop-before':
      return { kind: 'drop' };
    case 'drop-after':
      answer(world, request, desk.nextRequestId());
      return { kind: 'drop' };
    case 'html':
      return { kind: 'html', status: fault.status };
    case 'status':
      return explain(desk, statusFailure(fault));
    case 'hang': {
      const { ms } = fault;
      if (ms === undefined) return { kind: 'hang' };
      await new Promise<void>((resolve) => desk.settings.schedule(ms, resolve));
      return answer(world, request, desk.nextRequestId());
    }
  }
}

function statusFailure(fault: Fault & { kind: 'status' }): ReturnType<typeof failure> {
  const { status, code = codeOf(status), message = 'Refused by the script', retryAfterSeconds } = fault;
  return failure(status, code, message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
}

function explain(desk: Desk, result: ReturnType<typeof failure>): Reply {
  return wrap(result, desk.world.shape, desk.nextRequestId(), desk.settings.now());
}

async function callHooks(desk: Desk, phase: 'before' | 'after', request: Request): Promise<void> {
  const { method, path, body } = request;
  for (const hook of [...desk.hooks]) await hook({ phase, method, path, body });
}

/** Short lower-case ids with a dash, like those seen in captured answers (fact sheet §2.2). */
function createRequestIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const letter = (digit: string): string => String.fromCharCode(97 + Number.parseInt(digit, 26));
    return `req-${count.toString(26).padStart(3, '0').replace(/./g, letter)}`;
  };
}
