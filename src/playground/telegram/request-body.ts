// Turns one HTTP request into the arguments of a call: query string, JSON, form or multipart,
// exactly the four ways Telegram accepts.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { badRequest } from './refusal.ts';
import { isRecord } from './payload.ts';
import type { Payload, UploadedFile } from './payload.ts';

const LARGEST_BODY_BYTES = 50 * 1024 * 1024;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw badRequest('request entity too large');
    chunks.push(chunk);
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

/** Whether a file is to be read by people, rather than shown or played. */
const isText = (content: Buffer): boolean => isUtf8(content) && !content.includes(0);

/** The value of one multipart piece. */
function pieceValue(head: string, content: Buffer): string | UploadedFile {
  // grammY writes the name without quotes, as the standard allows.
  const [, quoted, bare] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(head) ?? [];
  const fileName = quoted ?? bare;
  if (fileName === undefined) return content.toString('utf8');
  const file = { fileName, size: content.length };
  return isText(content) ? { ...file, text: content.toString('utf8') } : file;
}

function parseMultipart(body: Buffer, contentType: string): Payload {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest("can't parse multipart form data");
  const values: Record<string, string | UploadedFile> = {};
  // Latin-1 maps every byte to one character, so pieces can be cut without harming file bytes.
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).slice(1);
  if (pieces.at(-1)?.startsWith('--') !== true) throw badRequest("can't parse multipart form data");
  for (const piece of pieces.slice(0, -1)) {
    const headEnd = piece.indexOf('\r\n\r\n');
    const head = Buffer.from(piece.slice(0, headEnd), 'latin1').toString('utf8');
    const name = /[ ;]name="([^"]*)"/i.exec(head)?.[1];
    if (headEnd === -1 || name === undefined) throw badRequest("can't parse multipart form data");
    values[name] = pieceValue(head, Buffer.from(piece.slice(headEnd + 4), 'latin1'));
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
  if (contentType.startsWith('multipart/form-data')) {
    return { ...fromQuery, ...parseMultipart(body, contentType) };
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  }
  throw badRequest('unsupported content type of the request body');
}
