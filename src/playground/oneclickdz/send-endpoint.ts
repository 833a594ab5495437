// POST /internet/send: the documented checks in the documented order (parameters, number, stock, balance,
// reference), the debit at acceptance, and the scripted ways in which the answer can be lost (fact sheet §3.5).
import { z } from 'zod';
import { failure } from './envelope.ts';
import type { Failure, Result } from './envelope.ts';
import { codeOf } from './faults.ts';
import { errPhone, wrongForm } from './internet-endpoints.ts';
import type { Course, Lost, Refused, ServiceType } from './outcome.ts';
import { invalid } from './paging.ts';
import type { World } from './world.ts';

const sendBody = z.object({
  type: z.enum(['ADSL', '4G']),
  number: z.string().min(1),
  value: z.number().positive(),
  ref: z.string().min(1).max(100).optional(),
});

type SendBody = z.infer<typeof sendBody>;

/** What the caller gets: a result, or nothing usable. */
export type SendAnswer = Result | { readonly lost: Lost['how'] };

/** Handles one send of a parsed JSON body; `value` as text is refused, as are references over 100 characters. */
export function send(world: World, body: unknown): SendAnswer {
  const parsed = sendBody.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    return invalid(where === '' ? 'body' : where, issue?.message ?? 'is not valid');
  }
  const order = parsed.data;
  const malformed = wrongForm(order.type, order.number);
  if (malformed !== undefined) return malformed;
  if (world.settings.scope === 'READ-ONLY') {
    return failure(403, 'FORBIDDEN', 'This key may only read');
  }
  return follow(world, order);
}

function follow(world: World, order: SendBody): SendAnswer {
  const { outcome, forThisCall } = world.script.pick(order.number, order.ref);
  // What a number stands for happens once per reference: a repeated reference meets the ordinary checks,
  // or a lost answer would stay lost for ever.
  const repeated = order.ref !== undefined && world.book.isTaken(order.ref);
  if (repeated && !forThisCall) return accept(world, order, { kind: 'stuck' });
  switch (outcome.kind) {
    case 'refused':
      if (outcome.then !== undefined) world.script.owe(order.ref, outcome.then);
      return refusal(world, order, outcome);
    case 'throttled':
      world.script.owe(order.ref, outcome.then ?? { kind: 'fulfilled' });
      return failure(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests', {
        retryAfterSeconds: outcome.retryAfterSeconds,
      });
    case 'lost':
      if (outcome.accepted) accept(world, order, outcome.then, outcome.prefixedRef);
      else world.script.owe(order.ref, outcome.then);
      return { lost: outcome.how };
    default:
      return accept(world, order, outcome);
  }
}

function accept(world: World, order: SendBody, course: Course, prefixedRef?: boolean): Result {
  const { type, number, value, ref } = order;
  const { settings, book } = world;
  const card = world.products[type].find((product) => product.value === value && product.available);
  if (card === undefined) return outOfStock(type, value);
  const debit = settings.keyType === 'SANDBOX' ? 0 : card.cost;
  const available = world.ledger.balance();
  if (debit > available) return noBalance(debit, available);
  if (ref !== undefined && book.isTaken(ref)) {
    return failure(403, 'DUPLICATED_REF', `The reference ${ref} is already used`, { details: { ref } });
  }
  const prefixed = prefixedRef ?? world.shape.prefixedRef;
  const storedRef = (sent: string): string => (prefixed ? `API-${settings.username}-${sent}` : sent);
  const accepted = book.accept({ ref, storedRef, type, number, value, debit, course });
  return { ok: true, data: { topupId: accepted.id, topupRef: accepted.storedRef } };
}

/** A scripted refusal, with the details the real check would have given. */
function refusal(world: World, order: SendBody, { code, status, message }: Refused): Failure {
  const plain = plainRefusal(world, order, code);
  return { ...plain, status, code, message: message ?? plain.message };
}

function plainRefusal(world: World, { type, number, value }: SendBody, code: string): Failure {
  const available = world.ledger.balance();
  const cost = world.products[type].find((product) => product.value === value)?.cost ?? value;
  const lookup = world.lookups.get(number);
  switch (code) {
    case 'ERR_PHONE':
      return errPhone(type, number, lookup?.kind === 'not-a-line' ? lookup.reason : 'not a line');
    case 'ERR_STOCK':
      return outOfStock(type, value);
    case 'NO_BALANCE':
    case 'INSUFFICIENT_BALANCE':
      return noBalance(cost, Math.min(available, Math.max(0, cost - 10)));
    default:
      return failure(400, code, `Refused: ${code}`);
  }
}

function outOfStock(type: ServiceType, value: number): Failure {
  return failure(400, 'ERR_STOCK', `No ${type} card of ${value} DA is in stock`, {
    details: { type, value },
  });
}

function noBalance(required: number, available: number): Failure {
  return failure(403, 'NO_BALANCE', 'The balance is too low', { details: { required, available } });
}

/** What a lost answer looks like when it is not simply silence. */
export function lostError(): Failure {
  return failure(500, codeOf(500), 'Something went wrong');
}
