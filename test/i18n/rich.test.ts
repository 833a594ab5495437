// Text with entities: whatever is put together, each entity stays on its words.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, code, join, lines, rich, spoiler, type Rich } from '../../src/i18n/rich.ts';

/** What the entities of a text lie on. */
const marked = ({ text, entities }: Rich): string[] =>
  entities.map(({ type, offset, length }) => `${type}:${text.slice(offset, offset + length)}`);

describe('a text', () => {
  it('keeps the entities of its pieces on their words', () => {
    const text = rich`✅ Order ${bold(1042)}: ${spoiler(code('1111'))}.`;
    expect(text.text).toBe('✅ Order 1042: 1111.');
    expect(marked(text)).toEqual(['bold:1042', 'spoiler:1111', 'code:1111']);
  });

  it('of lines leaves out what is null, and only that', () => {
    const text = lines('a', null, bold('b'), '', 0);
    expect(text.text).toBe('a\nb\n\n0');
    expect(marked(text)).toEqual(['bold:b']);
  });

  it('marks nothing that is empty', () => {
    expect(bold('')).toEqual({ text: '', entities: [] });
  });

  it('counts as Telegram does, emoji as two', () => {
    expect(rich`🕒${bold('x')}`.entities).toEqual([{ type: 'bold', offset: 2, length: 1 }]);
  });

  it('is taken literally, nothing needs escaping', () => {
    expect(rich`${'<b>*_`'}${code('${x}')}`.text).toBe('<b>*_`${x}');
  });

  it('of any pieces has each mark where its piece is', () => {
    const piece = fc.tuple(fc.string({ unit: 'grapheme' }), fc.boolean());
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, separator) => {
        const text = join(
          pieces.map(([words, isBold]) => (isBold ? bold(words) : words)),
          separator,
        );
        expect(text.text).toBe(pieces.map(([words]) => words).join(separator));
        const bolds = pieces.filter(([words, isBold]) => isBold && words !== '');
        expect(marked(text)).toEqual(bolds.map(([words]) => `bold:${words}`));
      }),
    );
  });
});
