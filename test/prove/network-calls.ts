// What goes over the simulated network: requests as the program makes them and as a service gets them, answers as a service
// gives them and as the program reads them, and what can go wrong with one call.

/** A request as a service gets it. */
export interface Asked {
  readonly service: 'telegram' | 'provider';
  /** `sendMessage`, or `POST internet/send` (without what is looked up). */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly keyed: boolean;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers now, later, or never (a poll that is held). */
export type Service = (asked: Asked, answer: (reply: Reply) => void) => void;

/**
 * What goes wrong with one call. `lost`: it never arrives; `unheard`: it is carried out and the answer lost; `twice`: somebody
 * on the way repeats it, and the second answer is the one that comes back.
 */
export type NetFault =
  | { readonly how: 'lost' | 'unheard' | 'hang-lost' | 'hang-unheard' | 'html' | 'twice' }
  | { readonly how: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: number }
  | { readonly how: 'slow'; readonly ms: number };

const textOf = (reply: Reply): string =>
  typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);

export const answerOf = (reply: Reply): Response =>
  new Response(textOf(reply), { status: reply.status, headers: { ...reply.headers } });

/** What Telegram's client reads of an answer, without the weight of a real one: most calls are Telegram's. */
export function plainAnswer(reply: Reply): Response {
  const text = textOf(reply);
  const plain: unknown = Object.create(Response.prototype, {
    status: { value: reply.status },
    ok: { value: reply.status < 300 },
    text: { value: () => Promise.resolve(text) },
    json: { value: () => Promise.resolve(text).then(JSON.parse) },
  });
  if (!(plain instanceof Response)) throw new TypeError('an answer is a Response');
  return plain;
}

export function refusal({ service }: Asked, fault: Extract<NetFault, { how: 'status' }>): Reply {
  const { status, code, retryAfter } = fault;
  if (service === 'telegram') {
    const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
    const description = status === 429 ? 'Too Many Requests: retry after some time' : 'Internal Server Error';
    return { status, body: { ok: false, error_code: status, description, ...parameters } };
  }
  return {
    status,
    body: { success: false, error: { code: code ?? 'INTERNAL_SERVER_ERROR', message: 'simulated' } },
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  };
}

interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly signal: AbortSignal | undefined;
  readonly keyed: boolean;
  readonly text: Promise<string>;
}

export function read(input: string | URL | Request, init: RequestInit = {}): Sent {
  if (input instanceof Request)
    return {
      url: new URL(input.url),
      method: input.method,
      signal: input.signal,
      keyed: input.headers.has('x-access-token'),
      text: input.body === null ? Promise.resolve('') : input.text(),
    };
  const { body, signal, method = 'GET' } = init;
  return {
    url: new URL(input),
    method,
    signal: signal ?? undefined,
    keyed: true,
    // An upload is a stream that nobody here reads.
    text: Promise.resolve(typeof body === 'string' ? body : '{}'),
  };
}

export function asObject(text: string): Readonly<Record<string, unknown>> {
  const read: unknown = text === '' ? {} : JSON.parse(text);
  return typeof read === 'object' && read !== null ? { ...read } : {};
}

export function name({ url, method }: Sent): Pick<Asked, 'service' | 'name' | 'path'> {
  if (url.hostname === 'telegram.test')
    return { service: 'telegram', name: url.pathname.split('/').at(-1) ?? '', path: url.pathname };
  const path = url.pathname.replace(/^\/v3\//, '');
  return { service: 'provider', name: `${method} ${path.replace(/(check-(?:id|ref))\/.*/, '$1')}`, path };
}
