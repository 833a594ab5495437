// What a Bot API request is about, read from its address and its body: which limits apply to it, and whether a newer one
// makes it needless. Nothing here keeps or shows the address, since it contains the token.

import type { Weight } from './view.ts';

/** `free` calls are never delayed. `send` may land twice when repeated; `edit` and `delete` may not. */
export type CallKind = 'send' | 'edit' | 'delete' | 'free';

export interface Call {
  readonly method: string;
  readonly kind: CallKind;
  /** The chat that the call counts against, when it names one. */
  readonly chat: string | undefined;
  /** The message that is edited or deleted. */
  readonly message: number | undefined;
  /** What it is worth where only so many may be written. */
  readonly weight: Weight | undefined;
  /** How long Telegram itself may take before it answers (long polling), in seconds. */
  readonly pollSeconds: number;
}

/** Reads a call from its JSON text, or from an upload as a whole. */
export function readCall(url: string | URL, body: string | Buffer | undefined): Call {
  const method = new URL(url).pathname.split('/').at(-1) ?? '';
  const payload = readJson(body);
  const chat = typeof body === 'object' ? chatOfUpload(body) : chatOf(payload['chat_id']);
  return {
    method,
    kind: chat === undefined ? 'free' : kindOf(method),
    chat,
    message: numberOf(payload['message_id']),
    weight: WEIGHTS.find((weight) => weight === payload[WEIGHT]),
    pollSeconds: numberOf(payload['timeout']) ?? 0,
  };
}

/** Where a call says what it is worth; Telegram never sees it. */
export const WEIGHT = 'weight';

const WEIGHTS: readonly Weight[] = ['end', 'progress', 'spare', 'aside'];

/** The same JSON text without what was meant for the outgoing side. */
export const withoutWeight = (body: unknown): string =>
  JSON.stringify({ ...readJson(body), [WEIGHT]: undefined });

/** Groups and channels have negative ids or an @name; their limit is much lower than a private chat's. */
export const isGroup = (chat: string): boolean => !/^\d+$/.test(chat);

const KINDS: readonly (readonly [CallKind, RegExp])[] = [
  // Telegram doesn't count these against the chat, and late they are worthless.
  ['free', /^send(ChatAction|\w*Draft)$/],
  ['send', /^(send|copy|forward)/],
  ['edit', /^edit\w*Message/],
  ['delete', /^delete\w*Messages?$/],
];

const kindOf = (method: string): CallKind => KINDS.find(([, pattern]) => pattern.test(method))?.[0] ?? 'free';

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const chatOf = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;

/** The client writes an upload's chat in front of everything else: what people have written is never taken for it. */
const UPLOAD = /^--[^\r\n]+\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n([^\r\n]+)\r\n--/i;
const CHAT_WITHIN = 512;

const chatOfUpload = (body: Buffer): string | undefined =>
  UPLOAD.exec(body.toString('latin1', 0, CHAT_WITHIN))?.[1];

/** The object in a JSON text; empty when there is none. */
export function readJson(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
