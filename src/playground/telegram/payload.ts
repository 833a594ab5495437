// Reads the arguments of one API call. Telegram takes the same arguments as JSON values, as query
// text or as form text, so every reader accepts both the value and its text.

/** The arguments of one call, as they came. */
export type Payload = Readonly<Record<string, unknown>>;

/** A file of a multipart body; of a text file its text is kept, of any other nothing but name and size. */
export type UploadedFile = { fileName: string; size: number; text?: string };

/** A whole number, or undefined when it is absent or not one. */
export function integerIn(payload: Payload, name: string): number | undefined {
  const value = payload[name];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)) return Number(value);
  return undefined;
}

/** A text, or undefined when it is absent; numbers and flags become their text. */
export function textIn(payload: Payload, name: string): string | undefined {
  const value = payload[name];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** True for true, 1 and their texts, as Telegram reads flags. */
export function flagIn(payload: Payload, name: string): boolean {
  const value = textIn(payload, name);
  return value !== undefined && ['true', '1', 'yes', 't', 'y'].includes(value.trim().toLowerCase());
}

/** A JSON value given as itself or as text; undefined when absent or when the text is not JSON. */
export function jsonIn(payload: Payload, name: string): unknown {
  const value = payload[name];
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Tells an object with named fields from every other value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object, or undefined when absent or something else. */
export function recordIn(payload: Payload, name: string): Record<string, unknown> | undefined {
  const value = jsonIn(payload, name);
  return isRecord(value) ? value : undefined;
}

/** Whether the caller gave this argument at all. */
export function isGiven(payload: Payload, name: string): boolean {
  const value = payload[name];
  return value !== undefined && value !== null && value !== '';
}
