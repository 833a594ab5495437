// The outside of every answer. The provider's pages contradict each other about it (fact sheet §14), so each
// contradiction is a switch here and the endpoints below know nothing of them.

/** Which of the documented variants the stand-in speaks. */
export type Shape = {
  /** `data.products` + `data.type`, the same with `meta.type`, or `data` as a bare array. */
  readonly products: 'documented' | 'type-in-meta' | 'bare-array';
  /** `data.topups` + `meta.pagination`, or `data.items` + `data.pagination`. */
  readonly list: 'topups' | 'items';
  /** `DUPLICATED_REF` or `DUPLICATED-REF`. */
  readonly codes: 'underscore' | 'dash';
  /** Whether answers carry `meta.timestamp`. */
  readonly meta: boolean;
  /** At the top level and as header, absent everywhere, or inside `meta`. */
  readonly requestId: boolean | 'in-meta';
  /** Money as JSON strings. */
  readonly numbersAsStrings: boolean;
  /** References kept, answered and found only as `API-<username>-<ref>`. */
  readonly prefixedRef: boolean;
};

/** The variants of the English reference pages. */
export const documentedShape: Shape = {
  products: 'documented',
  list: 'topups',
  codes: 'underscore',
  meta: true,
  requestId: true,
  numbersAsStrings: false,
  prefixedRef: false,
};

/** What an endpoint has to say, before it is put into an envelope. */
export type Result =
  { readonly ok: true; readonly data: unknown; readonly meta?: object; readonly bare?: boolean } | Failure;

/** A refusal in the provider's words (codes and statuses of fact sheet §2.4). */
export type Failure = {
  readonly ok: false;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: object;
  readonly retryAfterSeconds?: number;
};

/** Bytes to be sent, or the ways of not sending them. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' };

/** Makes a failure; `extra` may carry details and the seconds of a Retry-After header. */
export function failure(
  status: number,
  code: string,
  message: string,
  extra: { details?: object; retryAfterSeconds?: number } = {},
): Failure {
  return { ok: false, status, code, message, ...extra };
}

/** Wraps a result in the envelope of fact sheet §2.2, in the given shape. */
export function wrap(result: Result, shape: Shape, requestId: string, now: number): Reply {
  const headers = headersOf(result, shape, requestId);
  const id = shape.requestId === true ? { requestId } : {};
  if (!result.ok) {
    const { status, code, message, details } = result;
    const spelled = shape.codes === 'dash' ? code.replaceAll('_', '-') : code;
    const error = { code: spelled, message, ...(details && { details: asShown(details, shape) }) };
    const meta = shape.requestId === 'in-meta' ? { meta: { requestId } } : {};
    return { kind: 'json', status, headers, body: { success: false, error, ...meta, ...id } };
  }
  const meta = metaOf(result, shape, requestId, now);
  const body = { success: true, data: asShown(result.data, shape), ...meta, ...id };
  return { kind: 'json', status: 200, headers, body };
}

/** What the router in front of the application says about a path or method it does not know (fact sheet §2.2). */
export function routerReply(status: 404 | 405, method: string, path: string): Reply {
  const error = status === 404 ? 'Not Found' : 'Method Not Allowed';
  return {
    kind: 'json',
    status,
    headers: {},
    body: { message: `Route ${method}:${path} not found`, error, statusCode: status },
  };
}

function headersOf(result: Result, shape: Shape, requestId: string): Record<string, string> {
  const headers: Record<string, string> = {};
  if (shape.requestId !== false) headers['x-request-id'] = requestId;
  if (!result.ok && result.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(result.retryAfterSeconds);
  }
  return headers;
}

function metaOf(result: Result & { ok: true }, shape: Shape, requestId: string, now: number): object {
  const timestamp = shape.meta && !result.bare ? { timestamp: new Date(now).toISOString() } : {};
  const id = shape.requestId === 'in-meta' ? { requestId } : {};
  const meta = { ...timestamp, ...result.meta, ...id };
  return Object.keys(meta).length > 0 ? { meta } : {};
}

const money = new Set([
  'value',
  'cost',
  'balance',
  'topup_amount',
  'amount',
  'oldBalance',
  'newBalance',
  'required',
  'available',
]);

function asShown(data: unknown, shape: Shape): unknown {
  if (!shape.numbersAsStrings) return data;
  if (Array.isArray(data)) return data.map((item: unknown) => asShown(item, shape));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' && money.has(key) ? String(value) : asShown(value, shape),
    ]),
  );
}
