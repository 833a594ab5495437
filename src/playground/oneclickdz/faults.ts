// Faults of the road rather than of an order: an outage, a cut line, a proxy page, on any path.

/** What goes wrong with one request; `drop-after` and a `hang` with a duration still execute it, the others do not. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'hang'; readonly ms?: number }
  | { readonly kind: 'html'; readonly status: number };

/** Which requests a fault waits for: a path prefix or pattern below `/v3`, a method, and how many times (default 1). */
export type FaultOrder = {
  readonly path?: string | RegExp;
  readonly method?: string;
  readonly times?: number;
  readonly fault: Fault;
};

/** `true`: every call answers 503; `'drop'`: every connection is cut; `false`: normal. */
export type Outage = boolean | 'drop';

/** The faults that wait to happen. */
export type Faults = {
  add(order: FaultOrder): void;
  outage(mode: Outage): void;
  /** Gives the fault for this request and uses it up. */
  take(method: string, path: string): Fault | undefined;
};

/** Starts with none. */
export function createFaults(): Faults {
  let out: Outage = false;
  let waiting: { readonly order: FaultOrder; left: number }[] = [];
  return {
    add: (order) => void waiting.push({ order, left: order.times ?? 1 }),
    outage: (mode) => void (out = mode),
    take(method, path) {
      if (out === 'drop') return { kind: 'drop-before' };
      if (out) return { kind: 'status', status: 503, code: 'SERVICE_UNAVAILABLE' };
      const hit = waiting.find(({ order }) => matches(order, method, path));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return hit.order.fault;
    },
  };
}

function matches(order: FaultOrder, method: string, path: string): boolean {
  if (order.method !== undefined && order.method.toUpperCase() !== method) return false;
  if (order.path === undefined) return true;
  return typeof order.path === 'string' ? path.startsWith(order.path) : path.search(order.path) >= 0;
}

/** The code the provider uses for a bare HTTP status (fact sheet §2.4). */
export function codeOf(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    400: 'ERR_VALIDATION',
    401: 'INVALID_ACCESS_TOKEN',
    404: 'NOT_FOUND',
    429: 'RATE_LIMIT_EXCEEDED',
    503: 'SERVICE_UNAVAILABLE',
  };
  return codes[status] ?? 'INTERNAL_ERROR';
}
