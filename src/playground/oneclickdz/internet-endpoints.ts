// The reading half of the internet product: products, check-number, check-id, check-ref and list
// (fact sheet §3.3 to §3.7). Buying is in send-endpoint.ts.
import { failure } from './envelope.ts';
import type { Failure, Result } from './envelope.ts';
import type { AcceptedOrder } from './order-book.ts';
import type { ServiceType } from './outcome.ts';
import { invalid, pageOf, readPageQuery } from './paging.ts';
import type { World } from './world.ts';

/** GET /internet/products?type= */
export function products(world: World, query: URLSearchParams): Result {
  const type = serviceOf(query.get('type'));
  if (type === undefined) return invalid('type', 'must be ADSL or 4G');
  const cards = world.products[type];
  switch (world.shape.products) {
    case 'documented':
      return { ok: true, data: { products: cards, type } };
    case 'type-in-meta':
      return { ok: true, data: { products: cards }, meta: { type } };
    case 'bare-array':
      return { ok: true, data: cards };
  }
}

/** GET /internet/check-number?type=&number= ; a 4G line is called 4GLTE in the answer and has no `offre`. */
export function checkNumber(world: World, query: URLSearchParams): Result {
  const type = serviceOf(query.get('type'));
  const number = query.get('number');
  if (type === undefined) return invalid('type', 'must be ADSL or 4G');
  if (number === null || number === '') return invalid('number', 'is required');
  const malformed = wrongForm(type, number);
  if (malformed !== undefined) return malformed;
  const lookup = world.lookups.get(number) ?? { kind: 'line' };
  if (lookup.kind === 'unavailable') {
    return failure(503, 'SERVICE_UNAVAILABLE', 'The operator cannot be asked at the moment');
  }
  if (lookup.kind === 'not-a-line') return errPhone(type, number, lookup.reason);
  const ncli = '11022*****';
  return type === 'ADSL'
    ? { ok: true, data: { ncli, offre: 'IDOOM FTTC 10M', type: 'ADSL' } }
    : { ok: true, data: { ncli, type: '4GLTE' } };
}

/** GET /internet/check-id/{id} */
export function checkId(world: World, id: string): Result {
  return found(world.book.byId(id));
}

/** GET /internet/check-ref/{ref}: looks among references as they are stored, so a prefixed one needs its prefix. */
export function checkRef(world: World, ref: string): Result {
  return found(world.book.byStoredRef(ref));
}

/** GET /internet/list?page&pageSize&from&to, newest first. */
export function list(world: World, query: URLSearchParams): Result {
  const asked = readPageQuery(query);
  if ('ok' in asked) return asked;
  const rows = world.book
    .all()
    .filter(({ acceptedAt }) => acceptedAt >= asked.from && acceptedAt <= asked.to)
    .toReversed()
    .map(onTheWire);
  return pageOf(rows, asked, world.shape.list);
}

/** The service a word names, exactly as spelled by the provider. */
function serviceOf(word: string | null): ServiceType | undefined {
  return word === 'ADSL' || word === '4G' ? word : undefined;
}

/** ERR_PHONE when the number has not the form of the service (`0` + 8 digits, `213` + 9 digits; fact sheet §3.1). */
export function wrongForm(type: ServiceType, number: string): Failure | undefined {
  const form = type === 'ADSL' ? /^0[0-9]{8}$/ : /^213[0-9]{9}$/;
  if (form.test(number)) return undefined;
  return errPhone(type, number, `a number for ${type} looks like ${form.source}`);
}

/** The documented refusal of a number. */
export function errPhone(type: ServiceType, number: string, reason: string): Failure {
  return failure(400, 'ERR_PHONE', 'The number is not valid for this service', {
    details: { number, type, reason },
  });
}

function found(order: AcceptedOrder | undefined): Result {
  if (order === undefined) return failure(404, 'NOT_FOUND', 'No top-up has this id or reference');
  return { ok: true, data: onTheWire(order), bare: true };
}

function onTheWire(order: AcceptedOrder): object {
  const card = {
    card_code: order.cardCode,
    num_trans: order.numTrans,
    date_traitement: new Date(order.statusSince).toISOString(),
  };
  return {
    _id: order.id,
    ref: order.storedRef,
    status: order.status,
    type: order.type,
    number: order.number,
    topup_amount: order.value,
    created_at: new Date(order.acceptedAt).toISOString(),
    ...(order.showsCard ? card : {}),
    ...(order.status === 'REFUNDED' && order.message !== undefined ? { refund_message: order.message } : {}),
  };
}
