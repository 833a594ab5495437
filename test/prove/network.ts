// The network between the program and the two services, as the `fetch` it calls: requests take their time, get lost on the
// way there or the answer on the way back, hang, or arrive after the program that sent them has died.

import type { Chance } from './chance.ts';
import type { Gate } from './memory-disk.ts';
import {
  answerOf,
  asObject,
  name,
  plainAnswer,
  read,
  refusal,
  type Asked,
  type NetFault,
  type Reply,
  type Service,
} from './network-calls.ts';
import type { VirtualTime } from './virtual-time.ts';

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
    const carryOut = (): void => {
      services[asked.service](asked, (reply) => {
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
          // A poll is not repeated by anybody: it would be answered out of order.
          if (asked.name !== 'getUpdates') services[asked.service](asked, () => undefined);
          carryOut();
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
