// Text with formatting as an API call gives it: entities or HTML in, checked and trimmed text with
// sorted entities out. Limits are counted after parsing, in UTF-16 code units, as Telegram counts.
import { z } from 'zod';
import { parseHtml } from './html.ts';
import { badRequest } from './refusal.ts';
import { isGiven, jsonIn, textIn } from './payload.ts';
import type { Payload } from './payload.ts';
import type { Entity } from './model.ts';

const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

const MOST_ENTITIES = 100;

const place = { offset: z.int(), length: z.int() };
const user = z.object({
  id: z.int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().exactOptional(),
  username: z.string().exactOptional(),
});

const PLAIN_TYPES = [
  ...['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number', 'bold', 'italic'],
  ...['underline', 'strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote', 'code'],
];

const plain = z.object({ type: z.enum(PLAIN_TYPES), ...place });
const special = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pre'), ...place, language: z.string().exactOptional() }),
  z.object({ type: z.literal('text_link'), ...place, url: z.string() }),
  z.object({ type: z.literal('text_mention'), ...place, user }),
  z.object({ type: z.literal('custom_emoji'), ...place, custom_emoji_id: z.string().regex(/^\d+$/) }),
  z.object({
    type: z.literal('date_time'),
    ...place,
    unix_time: z.int().positive(),
    date_time_format: z
      .string()
      .regex(/^(r|w?[dD]?[tT]?)$/)
      .exactOptional(),
  }),
]);
const KNOWN_TYPES = new Set([
  ...PLAIN_TYPES,
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);

function parseEntity(value: unknown): Entity {
  const type = z.looseObject({ type: z.string() }).safeParse(value);
  if (!type.success) throw badRequest('can\'t parse MessageEntity: Can\'t find field "type"');
  if (!KNOWN_TYPES.has(type.data.type)) {
    throw badRequest("can't parse MessageEntity: Unsupported type specified");
  }
  const parsed = z.union([plain, special]).safeParse(value);
  if (parsed.success) return parsed.data;
  const shape = PLAIN_TYPES.includes(type.data.type) ? plain : special;
  const field = shape.safeParse(value).error?.issues[0]?.path.join('.') ?? 'entity';
  throw badRequest(`can't parse MessageEntity: Field "${field}" is missing or invalid`);
}

function splitsSurrogatePair(text: string, offset: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text[offset] ?? '') && /[\uD800-\uDBFF]/.test(text[offset - 1] ?? '');
}

function checkPlace({ offset, length }: Entity, text: string): void {
  if (offset < 0 || offset > 1_000_000) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length < 0 || length > 1_000_000) throw badRequest(`receive an entity with incorrect length ${length}`);
  const end = offset + length;
  if (length > 0 && offset >= text.length) {
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
  }
  if (length > 0 && end > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
    );
  }
  if (splitsSurrogatePair(text, offset)) throw badRequest('entity begins in a middle of a UTF-16 symbol');
  if (splitsSurrogatePair(text, end)) {
    throw badRequest(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`);
  }
}

function checkLink({ type, url }: Entity): void {
  if (type !== 'text_link' || url === undefined) return;
  if (url === '') throw badRequest("entity URL '' is invalid: URL host is empty");
  if (!/^(https?|tg|ton|mailto|tel):|^[\w-]+(\.[\w-]+)+/i.test(url)) {
    throw badRequest(`entity URL '${url}' is invalid: Wrong HTTP URL`);
  }
}

/** Telegram cuts white space at both ends, and formatting shrinks with it. */
function trimmed(text: string, entities: Entity[]): { text: string; entities: Entity[] } {
  const kept = text.trimEnd();
  const leading = kept.length - kept.trimStart().length;
  const cut = entities.some(({ offset }) => offset < leading) ? 0 : leading;
  const result = kept.slice(cut);
  return {
    text: result,
    entities: entities
      .map((entity) => {
        const offset = entity.offset - cut;
        return { ...entity, offset, length: Math.min(entity.length, result.length - offset) };
      })
      .filter(({ length }) => length > 0)
      .sort((a, b) => a.offset - b.offset || b.length - a.length),
  };
}

function entitiesIn(payload: Payload, name: string): Entity[] {
  if (!isGiven(payload, name)) return [];
  const list = jsonIn(payload, name);
  if (!Array.isArray(list)) throw badRequest("can't parse entities: array of MessageEntity expected");
  return list.slice(0, MOST_ENTITIES).map(parseEntity);
}

function parsedText(payload: Payload, raw: string, entitiesName: string) {
  const mode = textIn(payload, 'parse_mode') ?? '';
  if (mode === '') return { text: raw, entities: entitiesIn(payload, entitiesName) };
  if (mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  return parseHtml(raw);
}

/** The text of a message with its formatting; empty and over-long texts are refused. */
export function messageTextIn(payload: Payload, tooLong = 'message is too long') {
  const raw = textIn(payload, 'text') ?? '';
  if (raw === '') throw badRequest('message text is empty');
  return formattedText(payload, {
    raw,
    entitiesName: 'entities',
    longest: LONGEST_TEXT,
    tooLong,
    mayBeEmpty: false,
  });
}

/** The caption of a photo or document; it may be empty. */
export function captionIn(payload: Payload) {
  return formattedText(payload, {
    raw: textIn(payload, 'caption') ?? '',
    entitiesName: 'caption_entities',
    longest: LONGEST_CAPTION,
    tooLong: 'message caption is too long',
    mayBeEmpty: true,
  });
}

function formattedText(
  payload: Payload,
  rule: { raw: string; entitiesName: string; longest: number; tooLong: string; mayBeEmpty: boolean },
): { text: string; entities: Entity[] } {
  const parsed = parsedText(payload, rule.raw, rule.entitiesName);
  for (const entity of parsed.entities) {
    checkPlace(entity, parsed.text);
    checkLink(entity);
  }
  const result = trimmed(parsed.text, parsed.entities);
  if (result.text === '' && !rule.mayBeEmpty) throw badRequest('text must be non-empty');
  if (result.text.length > rule.longest) throw badRequest(rule.tooLong);
  return result;
}
