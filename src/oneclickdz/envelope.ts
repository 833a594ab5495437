// The wrapping around every answer (fact sheet §2.2): what is payload, what is an error, and what is neither.

import { z } from 'zod';

/** `none`: JSON of somebody else (a router, a proxy) or no JSON at all. */
export type Envelope =
  | { readonly kind: 'ok'; readonly data: unknown; readonly meta: unknown }
  | {
      readonly kind: 'error';
      /** Upper case with underscores. */
      readonly code: string | undefined;
      /** The provider's words; for matching only, never to be shown or logged. */
      readonly message: string;
      readonly details: Details;
    }
  | { readonly kind: 'none' };

export type Details = { readonly type?: string | undefined; readonly reason?: string | undefined };

const text = z.string().optional().catch(undefined);
const detailsSchema = z.object({ type: text, reason: text }).catch({});
const errorSchema = z.object({ code: text, message: text, details: detailsSchema.optional() });
const bodySchema = z.object({
  success: z.boolean().optional().catch(undefined),
  data: z.unknown().optional(),
  meta: z.unknown().optional(),
  message: text,
  error: z.union([errorSchema, z.string()]).optional().catch(undefined),
});

/** Never throws: what can't be read is `none`. */
export function readEnvelope(body: unknown): Envelope {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { kind: 'none' };
  const { success, data, meta, message, error } = parsed.data;
  const told = typeof error === 'string' ? { message: error } : (error ?? {});
  const code = normalCode('code' in told ? told.code : undefined);
  if (success === false || (success === undefined && code !== undefined)) {
    const details = ('details' in told ? told.details : undefined) ?? {};
    return { kind: 'error', code, message: told.message ?? message ?? '', details };
  }
  // Some samples show no `success`; `data` is what makes them ours.
  return success === true || data !== undefined ? { kind: 'ok', data, meta } : { kind: 'none' };
}

/** `duplicated-ref` and `DUPLICATED_REF` are one code; what doesn't look like a code is none. */
export function normalCode(code: string | undefined): string | undefined {
  const normal = upperUnderscored(code?.trim() ?? '');
  return /^[A-Z][A-Z0-9_]{0,39}$/.test(normal) ? normal : undefined;
}

export const upperUnderscored = (words: string): string => words.toUpperCase().replaceAll('-', '_');

const idSchema = z.object({
  requestId: text,
  meta: z.object({ requestId: text }).optional().catch(undefined),
});

/** The provider's id of the request, from wherever it was put; undefined when it doesn't look like one. */
export function requestIdOf(body: unknown, header: string | null): string | undefined {
  const parsed = idSchema.safeParse(body);
  const id = (parsed.success ? (parsed.data.requestId ?? parsed.data.meta?.requestId) : undefined) ?? header;
  return id !== null && /^[\w.-]{1,64}$/.test(id) ? id : undefined;
}
