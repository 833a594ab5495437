// One request and its answer over ky, within a deadline: no repeats, no redirects, a capped body. Whatever goes wrong
// comes back as a value whose cause is a fresh, bare Error: ky's own errors carry the request and with it the key.

import ky from 'ky';

import type { Clock } from '../app/ports.ts';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, already percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
  /** False leaves the key out. */
  readonly keyed?: boolean;
}

/** What came back; `body` is undefined when it was no JSON. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly body: unknown;
  readonly requestIdHeader: string | null;
  readonly retryAfterMs: number | undefined;
}

export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly reason: 'timeout' | 'unreachable' | 'unreadable';
  readonly cause: Error;
}

export type Exchange = (call: Call, deadlineMs: number) => Promise<Answer | NoAnswer>;

export interface ExchangeOptions {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch;
}

/** A page of 100 recharges is about 40 kB. */
const MAX_BODY_BYTES = 2_000_000;

/** Throws TypeError, without the key, when the key can't stand in a header. */
export function createExchange({ apiKey, baseUrl, clock, fetch }: ExchangeOptions): Exchange {
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError('the provider key has characters no header can carry');
  const http = ky.create({
    prefix: baseUrl,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    redirect: 'manual',
    headers: { accept: 'application/json' },
    ...(fetch && { fetch }),
  });
  return async function exchange({ method, path, query, json, keyed = true }, deadlineMs) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), deadlineMs);
    try {
      const { signal } = abort;
      const key = keyed ? { 'x-access-token': apiKey } : {};
      const { headers, ...body } = json === undefined ? { headers: {} } : asStream(json);
      const searchParams = query ?? {};
      const response = await http(path, {
        method,
        signal,
        searchParams,
        headers: { ...key, ...headers },
        ...body,
      });
      const text = await readCapped(response);
      if (text === undefined) return failed('unreadable', new Error('the body is too long'));
      return {
        kind: 'answer',
        status: response.status,
        body: parseJson(text),
        requestIdHeader: response.headers.get('x-request-id'),
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), clock()),
      };
    } catch (error) {
      return abort.signal.aborted
        ? failed('timeout', new Error('the deadline passed'))
        : failed('unreachable', bare(error));
    } finally {
      clearTimeout(timer);
    }
  };
}

const failed = (reason: NoAnswer['reason'], cause: Error): NoAnswer => ({ kind: 'no-answer', reason, cause });

/**
 * A body that can be read once. Node's fetch sends a replayable body a second time on its own when the answer is
 * 421 (WHATWG fetch, "HTTP-network-or-cache fetch"), and no purchase may go out twice.
 */
function asStream(json: object): { body: ReadableStream; headers: Record<string, string> } {
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) };
  return { body: new Blob([bytes]).stream(), headers };
}

async function readCapped(response: Response): Promise<string | undefined> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  // Leaving the loop early cancels the stream and with it the connection.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in ms, from seconds or an HTTP date; undefined when absent or neither. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}(\.\d+)?\s*$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The innermost error's class name and system code, and nothing else of it. */
function bare(error: unknown): Error {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (!(inner instanceof Error)) return new Error('unknown');
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
  return new Error(/^[A-Z0-9_]{1,40}$/.test(code) ? `${inner.name} ${code}` : inner.name);
}
