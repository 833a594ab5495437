// A provider that keeps its own books: what it accepted under which reference, and the money that it took for it. Its
// answers may be stale, its statuses may contradict each other, its pages shift while they are read.

import type { Asked, Reply, Service } from './network-calls.ts';
import type { Plan } from './plan.ts';
import type { Course } from './troubles.ts';
import type { VirtualTime } from './virtual-time.ts';

const COSTS: readonly (readonly [value: number, cost: number])[] = [
  [500, 490],
  [1000, 980],
  [2000, 1960],
];

export interface Purchase {
  readonly id: string;
  /** As the program sent it. */
  readonly ref: string;
  readonly type: string;
  readonly number: string;
  readonly value: number;
  readonly cost: number;
  readonly at: number;
  readonly course: Course;
  readonly code: string;
}

export interface Provider {
  readonly service: Service;
  readonly purchases: readonly Purchase[];
  /** What it says of a purchase now. */
  statusOf(purchase: Purchase): string;
  /** Everything it would ever say of this purchase, the words for "still handling" left out. */
  readonly endsOf: (purchase: Purchase) => readonly string[];
  readonly balance: () => number;
  /** How often it has said in earnest that it does not know a reference. */
  readonly code: (ref: string) => string | undefined;
}

/** No other number in a history looks like a code, not even a moment in ms. */
export const CODE_MARK = '7700775533';

/** What it says first and last of what it can't make up its mind about. */
const contradiction = (end: 'taken-back' | 'given-after-all'): readonly [string, string] =>
  end === 'taken-back' ? ['FULFILLED', 'REFUNDED'] : ['REFUNDED', 'FULFILLED'];

function endsOf({ course }: Purchase): readonly string[] {
  switch (course.end) {
    case 'taken-back':
    case 'given-after-all':
      return contradiction(course.end);
    case 'queued':
      return [course.then.toUpperCase()];
    case 'odd':
      return ['FULFILLED'];
    case 'fulfilled':
    case 'refunded':
      return [course.end.toUpperCase()];
  }
}

const no = (status: number, code: string, message: string): Reply => ({
  status,
  body: { success: false, error: { code, message } },
});

export function provider({ time, plan, began }: { time: VirtualTime; plan: Plan; began: number }): Provider {
  const purchases: Purchase[] = [];
  const ok = (data: unknown, meta: object = {}): Reply => ({
    status: 200,
    body: { success: true, data, meta: { timestamp: stamp(time.now()), ...meta }, requestId: 'req-sim' },
  });
  const stamp = (at: number): string => new Date(at + plan.skewMs).toISOString();
  const storedRef = (ref: string): string => (plan.prefixedRefs ? `API-shop-${ref}` : ref);

  function statusAt({ course, at }: Purchase, now: number): string {
    const age = now - at;
    switch (course.end) {
      case 'fulfilled':
      case 'refunded':
        return age < course.after ? 'HANDLING' : course.end.toUpperCase();
      case 'queued':
        return age < 5_000 ? 'HANDLING' : age < course.after ? 'QUEUED' : course.then.toUpperCase();
      case 'taken-back':
      case 'given-after-all': {
        const [first, last] = contradiction(course.end);
        return age < course.after ? 'HANDLING' : age < course.later ? first : last;
      }
      case 'odd':
        return age < course.after ? course.word : 'FULFILLED';
    }
  }

  /** When its status changed last. */
  function touchedAt({ course, at }: Purchase): number {
    const age = time.now() - at;
    const moves = [course.after, 'later' in course ? course.later : 0];
    return at + Math.max(0, ...moves.filter((after) => after <= age));
  }

  /** The moment that look-ups are answered from. */
  function lookedAt(): number {
    const now = time.now();
    const window = plan.stale.find(({ from, to }) => now >= began + from && now < began + to);
    return window === undefined ? now : began + window.from;
  }

  function shown(purchase: Purchase): object {
    const { id, ref, type, number, value, at, code, course } = purchase;
    const status = statusAt(purchase, lookedAt());
    const codeless = course.end === 'fulfilled' && course.codeless === true;
    const card =
      status === 'FULFILLED'
        ? {
            ...(codeless ? {} : { card_code: code }),
            num_trans: `T${id}`,
            date_traitement: stamp(time.now()),
          }
        : {};
    const note = status === 'REFUNDED' ? { refund_message: 'ligne suspendue' } : {};
    const about = { _id: id, ref: storedRef(ref), status, type, number, topup_amount: value };
    return { ...about, created_at: stamp(at), ...card, ...note };
  }

  const known = (): readonly Purchase[] => {
    const seen = lookedAt();
    return purchases.filter(({ at }) => at <= seen);
  };

  const spent = (): number =>
    purchases
      .filter((purchase) => statusAt(purchase, time.now()) !== 'REFUNDED')
      .reduce((sum, { cost }) => sum + cost, 0);
  const balance = (): number => plan.providerBalance - spent();

  function accept(body: Asked['body']): Reply {
    const [type, number, value, ref] = [body['type'], body['number'], body['value'], body['ref']];
    if (
      typeof type !== 'string' ||
      typeof number !== 'string' ||
      typeof value !== 'number' ||
      typeof ref !== 'string'
    )
      return no(400, 'ERR_VALIDATION', 'Invalid parameter');
    const cost = COSTS.find(([one]) => one === value)?.[1];
    if (cost === undefined) return no(400, 'ERR_STOCK', 'No card in stock');
    if (cost > balance()) return no(403, 'NO_BALANCE', 'The balance is too low');
    if (purchases.some((one) => one.ref === ref))
      return no(403, 'DUPLICATED_REF', 'The reference is already used');
    const course = plan.courses[purchases.length % plan.courses.length] ?? { end: 'fulfilled', after: 5_000 };
    const id = `p${String(purchases.length + 1).padStart(5, '0')}`;
    const code = `${CODE_MARK}${String(1_000 + purchases.length)}`;
    purchases.push({ id, ref, type, number, value, cost, at: time.now(), course, code });
    return ok({ topupId: id, topupRef: storedRef(ref) });
  }

  function checkNumber({ query, body }: Asked): Reply {
    const number = query.get('number') ?? String(body['number']);
    const type = query.get('type') ?? String(body['type']);
    const fits = type === '4G' ? number.startsWith('213') : number.startsWith('03');
    if (!fits) return no(400, 'ERR_PHONE', 'The number is not valid for this service');
    return ok(
      type === '4G' ? { ncli: '1', type: '4GLTE' } : { ncli: '1', offre: 'IDOOM FTTC 10M', type: 'ADSL' },
    );
  }

  function sorted(rows: readonly Purchase[]): readonly Purchase[] {
    switch (plan.listOrder) {
      case 'oldest':
        return rows;
      case 'newest':
        return rows.toReversed();
      case 'touched':
        return rows.toSorted((a, b) => touchedAt(b) - touchedAt(a));
    }
  }

  function list({ query }: Asked): Reply {
    const page = Number(query.get('page') ?? '1');
    const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name) ?? ''));
    const isWithin = ({ at }: Purchase): boolean =>
      !(at + plan.skewMs < (from ?? 0)) && !(at + plan.skewMs > (to ?? 0));
    const size = plan.listSize;
    // A page begins where the rows stand now: what was accepted or has moved meanwhile has pushed the others on.
    const rows = sorted(known().filter(isWithin));
    const totalPages = Math.max(1, Math.ceil(rows.length / size));
    const topups = rows.slice((page - 1) * size, page * size).map(shown);
    const pagination = {
      currentPage: page,
      totalPages,
      totalItems: rows.length,
      hasNextPage: page < totalPages,
    };
    return ok({ topups }, { pagination });
  }

  const found = (purchase: Purchase | undefined): Reply =>
    purchase === undefined ? no(404, 'NOT_FOUND', 'No top-up has this id or reference') : ok(shown(purchase));

  function answer(asked: Asked): Reply {
    const key = decodeURIComponent(asked.path.split('/').at(-1) ?? '');
    switch (asked.name) {
      case 'GET validate':
        return ok({ username: 'shop', apiKey: { isEnabled: true, type: 'PRODUCTION', scope: 'READ-WRITE' } });
      case 'GET account/balance':
        return ok({ balance: balance() });
      case 'GET internet/products':
        return ok({ products: COSTS.map(([value, cost]) => ({ value, cost, available: true })) });
      case 'GET internet/check-number':
      case 'POST internet/check-number':
        return checkNumber(asked);
      case 'POST internet/send':
        return accept(asked.body);
      case 'GET internet/check-id':
        return found(known().find(({ id }) => id === key));
      case 'GET internet/check-ref':
        return found(known().find(({ ref }) => storedRef(ref) === key));
      case 'GET internet/list':
        return list(asked);
      default:
        return no(404, 'ROUTE_NOT_FOUND', 'No such route');
    }
  }

  return {
    service: (asked, reply) => reply(answer(asked)),
    purchases,
    statusOf: (purchase) => statusAt(purchase, time.now()),
    endsOf,
    balance,
    code: (ref) => purchases.find((one) => one.ref === ref)?.code,
  };
}
