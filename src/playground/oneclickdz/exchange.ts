// The bytes: reading a request off node:http and putting a reply, or the lack of one, on the socket.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './envelope.ts';
import type { Answered, Call } from './journal.ts';
import { shownKey } from './masking.ts';
import type { Mask } from './masking.ts';
import type { Request } from './router.ts';

const largestBody = 64 * 1024;
/** Characters of an answer that are kept: enough to read, whatever the page of a list weighs. */
const mostKept = 4000;

/** Reads a request whole; a body that is not JSON, not declared as JSON or over 64 KiB is given as undefined. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const [rawPath, rawQuery] = splitOnce(message.url ?? '/', '?');
  const key = message.headers['x-access-token'];
  const text = await readBody(message);
  const isJson = (message.headers['content-type'] ?? '').startsWith('application/json');
  return {
    method: message.method ?? 'GET',
    underBase: rawPath.startsWith('/v3/'),
    path: rawPath.startsWith('/v3/') ? rawPath.slice(3) : rawPath,
    query: new URLSearchParams(rawQuery),
    key: typeof key === 'string' ? key : undefined,
    address: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    body: isJson ? parseJson(text) : undefined,
  };
}

/** What the journal keeps of a request: no key but its first characters. */
export function callOf(request: Request, at: number, mask: Mask): Omit<Call, 'seq' | 'status' | 'reply'> {
  const { method, path, body, query, key } = request;
  const ref = refOf(request);
  return {
    at,
    method,
    path: mask.text(path),
    query: Object.fromEntries([...query].map(([name, value]) => [mask.text(name), mask.text(value)])),
    body: mask.value(body),
    key: key === undefined ? '' : shownKey(key),
    ...(ref === undefined ? {} : { ref: mask.text(ref) }),
  };
}

/** What the journal keeps of a reply: JSON indented for reading, a long one cut; nothing where none is sent. */
export function answeredOf(reply: Reply, mask: Mask): Answered | undefined {
  if (reply.kind !== 'json' && reply.kind !== 'html') return undefined;
  const whole = reply.kind === 'html' ? proxyPage(reply.status) : JSON.stringify(reply.body, null, 2);
  const text = mask.text(whole);
  return { headers: headersOf(reply), text: text.slice(0, mostKept), isCut: text.length > mostKept };
}

/** Puts a reply on the wire and tells what the caller saw. */
export function write(response: ServerResponse, reply: Reply): Call['status'] {
  switch (reply.kind) {
    case 'json':
      response.writeHead(reply.status, headersOf(reply));
      response.end(JSON.stringify(reply.body));
      return reply.status;
    case 'html':
      response.writeHead(reply.status, headersOf(reply));
      response.end(proxyPage(reply.status));
      return reply.status;
    case 'drop':
      response.socket?.destroy();
      return 'dropped';
    case 'hang':
      return 'hanging';
  }
}

function headersOf(reply: Reply & { kind: 'json' | 'html' }): Record<string, string> {
  if (reply.kind === 'html') return { 'content-type': 'text/html' };
  return { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
}

const proxyPage = (status: number): string =>
  `<html><head><title>${status}</title></head><body>Bad gateway</body></html>`;

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size > largestBody ? '' : Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refOf({ path, body }: Request): string | undefined {
  const asked = /^\/internet\/check-ref\/([^/]+)$/.exec(path)?.[1];
  if (asked !== undefined) {
    try {
      return decodeURIComponent(asked);
    } catch {
      return asked;
    }
  }
  if (typeof body !== 'object' || body === null || !('ref' in body)) return undefined;
  return typeof body.ref === 'string' ? body.ref : undefined;
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
