// The bytes: reading a request off node:http and putting a reply, or the lack of one, on the socket.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './envelope.ts';
import type { Call } from './journal.ts';
import type { Request } from './router.ts';

const largestBody = 64 * 1024;

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
export function callOf(request: Request, at: number): Omit<Call, 'seq' | 'status'> {
  const { method, path, body } = request;
  const ref = refOf(request);
  return {
    at,
    method,
    path,
    query: Object.fromEntries(request.query),
    body,
    key: request.key === undefined ? '' : `${request.key.slice(0, 3)}…`,
    ...(ref === undefined ? {} : { ref }),
  };
}

/** Puts a reply on the wire and tells what the caller saw. */
export function write(response: ServerResponse, reply: Reply): Call['status'] {
  switch (reply.kind) {
    case 'json':
      response.writeHead(reply.status, {
        'content-type': 'application/json; charset=utf-8',
        ...reply.headers,
      });
      response.end(JSON.stringify(reply.body));
      return reply.status;
    case 'html':
      response.writeHead(reply.status, { 'content-type': 'text/html' });
      response.end(`<html><head><title>${reply.status}</title></head><body>Bad gateway</body></html>`);
      return reply.status;
    case 'drop':
      response.socket?.destroy();
      return 'dropped';
    case 'hang':
      return 'hanging';
  }
}

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
