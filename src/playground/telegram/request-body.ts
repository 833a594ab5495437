// Turns one HTTP request into the arguments of a call: query string, JSON, form or multipart,
// exactly the four ways Telegram accepts.
import type { IncomingMessage } from 'node:http';
import { badRequest } from './refusal.ts';
import { isRecord } from './payload.ts';
import type { Payload, UploadedFile } from './payload.ts';

const LARGEST_BODY_BYTES = 50 * 1024 * 1024;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY_BYTES) throw badRequest('request entity too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): Payload {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // Answered below: text that is no JSON and JSON that is no object are the same mistake.
  }
  throw badRequest("can't parse JSON object");
}

async function parseForm(body: Buffer, contentType: string): Promise<Payload> {
  const values: Record<string, unknown> = {};
  try {
    const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    for (const [name, value] of await response.formData()) {
      const file: UploadedFile | undefined =
        typeof value === 'string' ? undefined : { fileName: value.name, size: value.size };
      values[name] = file ?? value;
    }
  } catch {
    throw badRequest("can't parse form data");
  }
  return values;
}

/** The arguments of the call, body over query; a body that cannot be read is a 400. */
export async function readPayload(request: IncomingMessage, query: URLSearchParams): Promise<Payload> {
  const fromQuery = Object.fromEntries(query);
  const body = await readAll(request);
  if (body.length === 0) return fromQuery;
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('application/json')) return { ...fromQuery, ...parseJson(body) };
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(contentType)) {
    return { ...fromQuery, ...(await parseForm(body, contentType)) };
  }
  throw badRequest('unsupported content type of the request body');
}
