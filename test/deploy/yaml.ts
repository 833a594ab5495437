// YAML as plain values: read by the parser that also formats it here. Scalars stay text, as they are written.

import { parsers } from 'prettier/plugins/yaml';
import * as z from 'zod';

const nodeSchema = z.looseObject({
  type: z.string(),
  value: z.string().exactOptional(),
  children: z.array(z.unknown()).exactOptional(),
});

const kidsOf = (node: unknown): unknown[] =>
  (nodeSchema.parse(node).children ?? []).filter((kid) => kid !== null && kid !== undefined);

function entryOf(item: unknown): [string, unknown] {
  const [key, value] = kidsOf(item).map((side) => kidsOf(side)[0]);
  const name = plain(key);
  if (typeof name !== 'string') throw new TypeError('a key that is no text');
  return [name, plain(value)];
}

function plain(node: unknown): unknown {
  if (node === undefined) return null;
  const { type, value } = nodeSchema.parse(node);
  switch (type) {
    case 'mapping':
    case 'flowMapping': {
      const entries = kidsOf(node).map(entryOf);
      if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new TypeError('a key twice');
      return Object.fromEntries(entries);
    }
    case 'sequence':
    case 'flowSequence':
      return kidsOf(node).map((item) => plain(kidsOf(item)[0]));
    case 'plain':
    case 'quoteDouble':
    case 'quoteSingle':
    case 'blockFolded':
    case 'blockLiteral':
      return value ?? '';
    case 'null':
      return null;
    default:
      throw new TypeError(`nothing is known of ${type}`);
  }
}

const options: Parameters<typeof parsers.yaml.parse>[1] = z.custom<never>(() => true).parse({});

/** The only document of a text. Throws with line and column for what is no YAML. */
export async function readYaml(text: string): Promise<unknown> {
  const documents = kidsOf(await parsers.yaml.parse(text, options));
  const [body] = documents.flatMap(kidsOf).filter((part) => nodeSchema.parse(part).type === 'documentBody');
  if (documents.length !== 1) throw new TypeError('not one document');
  return plain(kidsOf(body)[0]);
}
