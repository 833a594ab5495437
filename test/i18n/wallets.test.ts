// What is said of wallets, in three languages: the same sentences, within Telegram's limits, readable from right to left.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import type { Language } from '../../src/domain/order.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { mention, type Rich } from '../../src/i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../../src/i18n/wallets/index.ts';
import { NOW } from '../domain/an-order.ts';
import { leaves } from './every-sentence.ts';

const MONEY = dinars(99_999_999);
const NONE = dinars(0);
const NADIA = { name: 'نادية Nadia', handle: '@nadia' };
const NUMBER = { name: 'Nadia', handle: '123456789' };
const REASON = 'counted twice, -300';

/** The sentences that need facts, with facts that cover their branches. */
const withFacts = (t: WalletsSentences): Readonly<Record<string, readonly (string | Rich)[]>> => ({
  'buttons.put': [t.buttons.put(MONEY)],
  'buttons.correct': [t.buttons.correct(MONEY), t.buttons.correct(dinars(-99_999_999))],
  'buttons.give': [t.buttons.give(MONEY)],
  'buttons.askMissing': [t.buttons.askMissing(MONEY), t.buttons.askMissing(null)],
  howMuch: [t.howMuch(NADIA, MONEY), t.howMuch(NUMBER, null)],
  confirmDeposit: [t.confirmDeposit(NADIA, MONEY, NONE)],
  deposited: [t.deposited(NUMBER, MONEY, MONEY)],
  depositTold: [t.depositTold(MONEY, MONEY)],
  notReached: [t.notReached(NADIA)],
  howMuchWrong: [t.howMuchWrong(NADIA, MONEY)],
  whyCorrect: [t.whyCorrect(NADIA, MONEY)],
  confirmCorrection: [t.confirmCorrection(NADIA, dinars(-300), MONEY, REASON)],
  corrected: [t.corrected(NADIA, dinars(-300), MONEY, REASON)],
  correctionTold: [t.correctionTold(dinars(-300), MONEY, REASON)],
  correctionShort: [t.correctionShort(NADIA, MONEY, MONEY), t.correctionShort(NUMBER, MONEY, NONE)],
  movedBefore: [t.movedBefore(MONEY)],
  asked: [t.asked(MONEY)],
  askedMissing: [t.askedMissing(MONEY, NOW), t.askedMissing(null, null)],
  request: [t.request(NADIA, MONEY, NONE, NOW)],
  granted: [t.granted(NADIA, MONEY, 'Salim', NOW), t.granted(NUMBER, MONEY, 'سليم', NOW)],
  turnedDown: [t.turnedDown(NADIA, MONEY, 'Salim', NOW)],
  turnedDownTold: [t.turnedDownTold(MONEY)],
  forPerson: [t.forPerson(mention({ id: 22, name: 'Nadia' }))],
  'usage.transfer': [t.usage.transfer('@nadia'), t.usage.transfer('123456789')],
  confirmTransfer: [t.confirmTransfer(NADIA, MONEY, MONEY)],
  given: [t.given(NADIA, MONEY, MONEY)],
  givenTold: [t.givenTold(NUMBER, MONEY, MONEY)],
  transferShort: [t.transferShort(MONEY)],
  statement: [
    t.statement({ person: null, balance: MONEY, held: NONE, ceiling: NONE }),
    t.statement({ person: NADIA, balance: dinars(-300), held: MONEY, ceiling: MONEY }),
  ],
  row: [
    t.row(t.what.deposit, MONEY, MONEY, NOW),
    t.row(t.what.correction(REASON), dinars(-300), MONEY, NOW),
    t.row(t.what.transferIn('Karim'), MONEY, MONEY, NOW),
    t.row(t.what.transferOut('Karim'), dinars(-300), dinars(-300), NOW),
    t.row(t.what.hold(123_456_789), dinars(-300), MONEY, NOW),
    t.row(t.what.release(123_456_789), MONEY, MONEY, NOW),
  ],
  'what.correction': [t.what.correction(REASON)],
  'what.transferIn': [t.what.transferIn('Karim')],
  'what.transferOut': [t.what.transferOut('Karim')],
  'what.hold': [t.what.hold(null), t.what.hold(1042)],
  'what.release': [t.what.release(null), t.what.release(1042)],
  fileCaption: [t.fileCaption(NOW)],
});

interface Said extends Rich {
  readonly key: string;
}

const isRich = (leaf: unknown): leaf is Rich =>
  typeof leaf === 'object' && leaf !== null && 'entities' in leaf;

/** All that the catalogue can say; throws for a sentence with facts that is not listed above. */
function everything(language: Language): readonly Said[] {
  const facts = withFacts(walletsSentences(language));
  return leaves(walletsSentences(language)).flatMap(([key, leaf]): Said[] => {
    const plain = typeof leaf === 'string' || isRich(leaf) ? [leaf] : facts[key];
    if (plain === undefined) throw new Error(`the sentence ${key} is not tried out`);
    return plain.map((one) => (typeof one === 'string' ? { key, text: one, entities: [] } : { key, ...one }));
  });
}

const breaking = (all: readonly Said[], rule: (said: Said) => boolean): string[] =>
  all.filter((one) => !rule(one)).map(({ key, text }) => `${key}: ${text}`);

const isLabel = ({ key }: Said): boolean => key.startsWith('buttons.');
const isCell = ({ key }: Said): boolean => key.startsWith('file.') || key.startsWith('fileKinds.');

describe.each(LANGUAGES)('in %s', (language) => {
  const all = everything(language);

  it('nothing is empty, cut or unfilled, and everything fits', () => {
    expect(breaking(all, ({ text }) => text.trim() === text && text !== '')).toEqual([]);
    expect(breaking(all, ({ text }) => !/undefined|null|NaN|\[object| {2}|\n\n| \n|!/.test(text))).toEqual(
      [],
    );
    expect(breaking(all.filter(isLabel), ({ text }) => text.length <= 64)).toEqual([]);
    expect(breaking(all, ({ text }) => text.length <= 1024)).toEqual([]);
  });

  it('every entity lies on something', () => {
    expect(
      breaking(all, ({ text, entities }) =>
        entities.every(({ offset, length }) => length > 0 && offset + length <= text.length),
      ),
    ).toEqual([]);
  });

  it('no technical word, one emoji of a state at the most in a line, Western digits', () => {
    const technical = /\b(API|HTTP|timeout|reference|référence|error|erreur|status|statut|id|CSV)\b/i;
    expect(breaking(all, ({ text }) => !technical.test(text))).toEqual([]);
    const emoji = /[\p{Extended_Pictographic}]\uFE0F?/gu;
    const known = new Set(['⏳', '✅', '⚠️', '⛔']);
    const found = (text: string): string[] => text.match(emoji) ?? [];
    expect(breaking(all, ({ text }) => text.split('\n').every((line) => found(line).length <= 1))).toEqual(
      [],
    );
    expect(breaking(all, ({ text }) => found(text).every((one) => known.has(one)))).toEqual([]);
    expect(breaking(all, ({ text }) => !/[٠-٩۰-۹]/.test(text))).toEqual([]);
  });
});

describe('in Arabic', () => {
  const all = everything('ar');
  const lines = all
    .filter((one) => !isLabel(one))
    .flatMap(({ key, text }) => text.split('\n').map((text) => ({ key, text, entities: [] })));
  const ISOLATE = /\u2068[^\u2068\u2069]*\u2069/gu;
  // A person's name comes isolated inside an isolated title.
  const bare = (text: string): string => text.replace(ISOLATE, '').replace(ISOLATE, '');

  it('each line starts with an Arabic word, after its emoji', () => {
    const starts = /^(?:\p{Extended_Pictographic}\uFE0F? )?\p{Script=Arabic}/u;
    expect(breaking(lines, ({ text }) => starts.test(text))).toEqual([]);
  });

  it('isolates are paired; names, commands and long numbers are isolated', () => {
    expect(breaking(all, ({ text }) => !/[\u2068\u2069]/.test(bare(text)))).toEqual([]);
    const shown = lines.filter((one) => !isCell(one));
    expect(breaking(shown, ({ text }) => !/[A-Za-z/_@]|\d{5,}/.test(bare(text)))).toEqual([]);
  });
});
