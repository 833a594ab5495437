// A caller with a key and a clock of its own: every test here talks to the stand-in through real HTTP.
import { startProviderStandIn } from '../../../src/playground/oneclickdz/server.ts';
import type { ProviderStandIn, ProviderStandInOptions } from '../../../src/playground/oneclickdz/server.ts';

/** An answer as it came off the wire; `body` is parsed JSON, or the text when it is not JSON. */
export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** A stand-in, the hands of its clock, and the calls a client can make. */
export type Caller = {
  readonly standIn: ProviderStandIn;
  readonly pass: (ms: number) => void;
  readonly now: () => number;
  readonly call: (method: string, path: string, init?: RequestInit) => Promise<Answer>;
  readonly get: (path: string) => Promise<Answer>;
  readonly send: (body: unknown, init?: RequestInit) => Promise<Answer>;
};

/** Noon of an ordinary day, where every test starts. */
export const noon = Date.parse('2026-03-02T12:00:00.000Z');

/** Starts a stand-in whose clock only moves when `pass` is called. */
export async function openCaller(options: ProviderStandInOptions = {}): Promise<Caller> {
  let time = noon;
  const standIn = await startProviderStandIn({ now: () => time, ...options });
  const headers = { 'x-access-token': standIn.key };

  async function call(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${standIn.url}${path}`, { method, headers, ...init });
    const text = await response.text();
    return { status: response.status, body: parsed(text), headers: response.headers };
  }

  return {
    standIn,
    now: () => time,
    pass: (ms) => void (time += ms),
    call,
    get: (path) => call('GET', path),
    send: (body, init = {}) =>
      call('POST', '/internet/send', {
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...init,
      }),
  };
}

/** A purchase that every check accepts; change what the test is about. */
export function purchase(change: object = {}): object {
  return { type: 'ADSL', number: '036362608', value: 1000, ref: 'adsl-1', ...change };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
