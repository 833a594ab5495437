// Telegram's HTML parse mode, as far as this project's messages may use it: tags become entities,
// and everything Telegram refuses is refused with the same "can't parse entities" texts.
import { badRequest } from './refusal.ts';
import type { Entity } from './model.ts';

const SIMPLE_TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  blockquote: 'blockquote',
};

const NAMED_CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

type OpenTag = { name: string; attributes: Map<string, string>; start: number };

function cannotParse(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`);
}

function decodeCharacters(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return NAMED_CHARACTERS[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function parseAttributes(source: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(
    /([a-z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi,
  )) {
    attributes.set(name.toLowerCase(), decodeCharacters(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

function entityOf(tag: OpenTag, text: string): Entity | undefined {
  const length = text.length - tag.start;
  const type = SIMPLE_TAGS[tag.name];
  if (length === 0 || type === undefined) return undefined;
  const place = { offset: tag.start, length };
  if (tag.name === 'a') {
    const url = tag.attributes.get('href') ?? text.slice(tag.start);
    return url === '' ? undefined : { type, ...place, url };
  }
  if (tag.name === 'blockquote') {
    return { type: tag.attributes.has('expandable') ? 'expandable_blockquote' : type, ...place };
  }
  return { type, ...place };
}

function checkStart(tag: OpenTag, at: number): void {
  const isSpoilerSpan = tag.name !== 'span' || tag.attributes.get('class') === 'tg-spoiler';
  if (!(tag.name in SIMPLE_TAGS))
    throw cannotParse(`Unsupported start tag "${tag.name}" at byte offset ${at}`);
  if (!isSpoilerSpan) throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
}

/** `<pre><code class="language-x">` is one block with a language, not two entities. */
function mergePre(entities: Entity[], languages: Map<Entity, string>): Entity[] {
  return entities.filter((entity) => {
    const language = languages.get(entity);
    if (language === undefined) return true;
    const block = entities.find(
      (other) => other.type === 'pre' && other.offset === entity.offset && other.length === entity.length,
    );
    if (block) block.language = language;
    return !block;
  });
}

type Parsing = { text: string; open: OpenTag[]; entities: Entity[]; languages: Map<Entity, string> };

function openTag(parsing: Parsing, tag: OpenTag, at: number): void {
  checkStart(tag, at);
  parsing.open.push(tag);
}

function closeTag(parsing: Parsing, name: string, at: number): void {
  const tag = parsing.open.pop();
  if (!tag) throw cannotParse(`Unexpected end tag at byte offset ${at}`);
  if (name !== '' && name !== tag.name) {
    throw cannotParse(
      `Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  const entity = entityOf(tag, parsing.text);
  if (!entity) return;
  parsing.entities.push(entity);
  const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1];
  if (entity.type === 'code' && language !== undefined) parsing.languages.set(entity, language);
}

/** Reads the tag that starts at `start` and returns where the text goes on. */
function readTag(parsing: Parsing, html: string, start: number): number {
  const at = Buffer.byteLength(html.slice(0, start));
  const end = html.indexOf('>', start);
  const [, slash = '', written = ''] = /^<(\/?)([a-z][\w-]*)?/i.exec(html.slice(start)) ?? [];
  if (slash === '' && written === '') throw cannotParse(`Unsupported start tag "" at byte offset ${at}`);
  if (end === -1) throw cannotParse(`Unclosed ${slash ? 'end' : 'start'} tag at byte offset ${at}`);
  const name = written.toLowerCase();
  if (slash) {
    closeTag(parsing, name, at);
  } else {
    const attributes = parseAttributes(html.slice(start + 1 + name.length, end));
    openTag(parsing, { name, attributes, start: parsing.text.length }, at);
  }
  return end + 1;
}

/** Plain text and entities of an HTML text; a mistake in it is a 400 naming the byte. */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  const parsing: Parsing = { text: '', open: [], entities: [], languages: new Map() };
  let position = 0;
  while (position < html.length) {
    const next = html.indexOf('<', position);
    parsing.text += decodeCharacters(html.slice(position, next === -1 ? html.length : next));
    position = next === -1 ? html.length : readTag(parsing, html, next);
  }
  const left = parsing.open.at(-1);
  if (left) throw cannotParse(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text: parsing.text, entities: mergePre(parsing.entities, parsing.languages) };
}
