// The network between the program and the two services, as the `fetch` it calls: requests take their time, get lost on the
// way there or the answer on the way back, hang, or arrive after the program that sent them has died.

import type { Chance } from './chance.ts';
import type { Gate } from './memory-disk.ts';
import type { VirtualTime } from './virtual-time.ts';

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

export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly gate: Gate;
  readonly services: Readonly<Record<Asked['service'], Service>>;
  readonly faultOf: (asked: Asked) => NetFault | undefined;
  /** The moment a request leaves the program. */
  readonly leaves: (asked: Asked) => void;
  /** An answer reaches the program; `fault` when it was made up on the way. */
  readonly heard: (asked: Asked, reply: Reply, fault: boolean) => void;
}

const reset = (): TypeError =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
  });

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

const textOf = (reply: Reply): string =>
  typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);

const answerOf = (reply: Reply): Response =>
  new Response(textOf(reply), { status: reply.status, headers: { ...reply.headers } });

/** What Telegram's client reads of an answer, without the weight of a real one: most calls are Telegram's. */
function plainAnswer(reply: Reply): Response {
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

function refusal({ service }: Asked, fault: Extract<NetFault, { how: 'status' }>): Reply {
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

/**
 * A refusal of what was carried out a moment ago, other than for its reference. A purchase whose repetition is refused for the
 * money that the purchase itself has taken would be called a failure; but nobody on the way may repeat a POST, and the
 * program never does, so such a repetition comes back with the first answer or as a duplicate.
 */
const isLateNo = ({ status, body }: Reply): boolean =>
  status >= 400 && !JSON.stringify(body).includes('DUPLICATED_REF');

interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly signal: AbortSignal | undefined;
  readonly keyed: boolean;
  readonly text: Promise<string>;
}

function read(input: string | URL | Request, init: RequestInit = {}): Sent {
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

function asObject(text: string): Readonly<Record<string, unknown>> {
  const read: unknown = text === '' ? {} : JSON.parse(text);
  return typeof read === 'object' && read !== null ? { ...read } : {};
}

function name({ url, method }: Sent): Pick<Asked, 'service' | 'name' | 'path'> {
  if (url.hostname === 'telegram.test')
    return { service: 'telegram', name: url.pathname.split('/').at(-1) ?? '', path: url.pathname };
  const path = url.pathname.replace(/^\/v3\//, '');
  return { service: 'provider', name: `${method} ${path.replace(/(check-(?:id|ref))\/.*/, '$1')}`, path };
}

export interface Network {
  readonly fetch: typeof globalThis.fetch;
  /** Lets go of whatever is under way: a signal that somebody listens to is never collected, nor the world behind it. */
  close(): void;
}

export function network(options: NetworkOptions): Network {
  const { time, chance, gate, services, faultOf, leaves, heard } = options;
  const listening = new Map<AbortSignal, () => void>();
  const unlisten = (signal: AbortSignal): void => {
    const listener = listening.get(signal);
    if (listener !== undefined) signal.removeEventListener('abort', listener);
    listening.delete(signal);
  };

  function send(asked: Asked, signal: AbortSignal | undefined): Promise<Response> {
    const point = `${asked.service} ${asked.name}`;
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const life = gate.life();
    let over = false;
    /** The very instance that asked still waits for the answer. */
    const isHeard = (): boolean => gate.isAlive() && gate.life() === life;
    const isOpen = (): boolean => !over && isHeard();
    const end = (): void => {
      over = true;
      if (signal !== undefined) unlisten(signal);
    };
    const fail = (error: unknown): void => {
      if (!isOpen()) return;
      end();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const stop = (): void => fail(signal?.reason);
    if (signal?.aborted === true) stop();
    else if (signal !== undefined) {
      signal.addEventListener('abort', stop);
      listening.set(signal, stop);
    }
    if (gate.meet(point, 'before')) {
      gate.die();
      return never();
    }
    leaves(asked);
    const fault = faultOf(asked);
    const there = 10 + 60 * chance.next() + (fault?.how === 'slow' ? fault.ms : 0);
    const back = 10 + 60 * chance.next();

    const deliver = (reply: Reply, madeUp: boolean): void => {
      time.afterDue(
        back,
        () => {
          if (!isOpen()) return;
          end();
          heard(asked, reply, madeUp);
          resolve(asked.service === 'telegram' ? plainAnswer(reply) : answerOf(reply));
        },
        'life',
      );
    };
    const carryOut = (first?: Reply): void => {
      services[asked.service](asked, (second) => {
        const reply = first !== undefined && isLateNo(second) ? first : second;
        if (!isHeard()) return;
        if (isOpen() && gate.meet(point, 'after')) {
          gate.die();
          return;
        }
        if (fault?.how === 'unheard') time.after(back, () => fail(reset()), 'life');
        else if (fault?.how !== 'hang-unheard') deliver(reply, false);
      });
    };
    const arrive = (): void => {
      if (!isHeard()) {
        // It was on its way when the program died. What was held up dies with the connection that it came by: a new life
        // can't know of an edit that an earlier one had under way, and what reaches the provider is looked up anyway.
        if (fault?.how !== 'slow' || asked.service === 'provider')
          services[asked.service](asked, () => undefined);
        return;
      }
      switch (fault?.how) {
        case 'lost':
          time.after(back, () => fail(reset()), 'life');
          return undefined;
        case 'hang-lost':
          return undefined;
        case 'html': {
          deliver({ status: 502, body: '<html>bad gateway</html>' }, true);
          return;
        }
        case 'status': {
          deliver(refusal(asked, fault), true);
          return;
        }
        case 'twice': {
          let first: Reply | undefined;
          // A poll is not repeated by anybody: it would be answered out of order.
          if (asked.name !== 'getUpdates') services[asked.service](asked, (reply) => (first = reply));
          carryOut(first);
          return;
        }
        default: {
          carryOut();
          return;
        }
      }
    };
    time.after(there, arrive, 'world');
    return promise;
  }

  /** A Request that nobody holds is collected, and its signal with it: a real fetch holds it while it is under way. */
  const held = new Set<unknown>();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!gate.isAlive()) return never();
    held.add(input);
    const sent = read(input, init);
    const text = await sent.text;
    if (!gate.isAlive()) return never();
    const { url, method, keyed, signal } = sent;
    return send({ ...name(sent), method, query: url.searchParams, body: asObject(text), keyed }, signal);
  };

  return {
    fetch,
    close() {
      for (const signal of listening.keys()) unlisten(signal);
      held.clear();
    },
  };
}
