// `npm run demo`: its transcript is right in three languages, it ends in time, and it notices when it is wrong.
import { describe, expect, test } from 'vitest';
import { openCounter } from '../../src/playground/counter.ts';
import { playScene } from '../../src/playground/demo-scene.ts';
import { english } from '../../src/playground/people.ts';
import { start } from './started.ts';

const LONGEST_MS = 30_000;
const SLOW = 60_000;
const NARROW = '\u202F';
const HARD = '\u00A0';

const isolated = (text: string): string => `\u2068${text}\u2069`;

type Language = 'ar' | 'fr' | 'en';
type Ending = 'delivered' | 'refunded' | 'lost';

/** What the chat must show, in this order; order numbers are counted from 1001. */
const chat: Record<Language, Record<Ending, (no: number) => string[]>> = {
  ar: {
    delivered: (no) => [
      'ماذا تريد أن تشحن؟',
      `وُجد الخط: ${isolated('036 36 26 08')}`,
      `[ 1${NARROW}000${HARD}دج (980${HARD}دج) ]`,
      'تحقق ثم ادفع.',
      `[ ✅ ادفع 980${HARD}دج ]`,
      `⏳ الطلب رقم ${isolated(`${no}`)}`,
      `✅ الطلب رقم ${isolated(`${no}`)}: تم الشحن.`,
      `رمز البطاقة: ${isolated('▒▒▒▒▒▒▒▒▒▒▒▒')}`,
      'رقم العملية: ',
      '[ نسخ الرمز ⧉ ',
    ],
    refunded: (no) => [
      `وُجد الخط: ${isolated('213 470 00 00 03')}`,
      `↩️ الطلب رقم ${isolated(`${no}`)}: لم يتم الشحن، وأُعيد مبلغ 490${HARD}دج إلى رصيدك.`,
      'تعذر شحن هذا الخط',
    ],
    lost: (no) => [
      `🔎 الطلب رقم ${isolated(`${no}`)} قيد التحقق`,
      'لا تُعد الطلب',
      `✅ الطلب رقم ${isolated(`${no}`)}: تم الشحن.`,
      'رمز البطاقة: ',
    ],
  },
  fr: {
    delivered: (no) => [
      'Que souhaitez-vous recharger ?',
      'Ligne trouvée : 036 36 26 08',
      `[ 1${NARROW}000${HARD}DA (990${HARD}DA) ]`,
      'Vérifiez, puis payez.',
      `[ ✅ Payer 990${HARD}DA ]`,
      `⏳ Commande n° ${no} : `,
      `✅ Commande n° ${no} : ligne rechargée.`,
      'Code de la carte : ▒▒▒▒▒▒▒▒▒▒▒▒',
      'N° de transaction : ',
      '[ Copier le code ⧉ ',
    ],
    refunded: (no) => [
      'Ligne trouvée : 213 470 00 00 03',
      `↩️ Commande n° ${no} : la recharge n’a pas abouti, 495${HARD}DA sont revenus sur votre solde.`,
    ],
    lost: (no) => [
      `🔎 Commande n° ${no} : nous vérifions`,
      'ne refaites pas la commande',
      `✅ Commande n° ${no} : ligne rechargée.`,
      'Code de la carte : ',
    ],
  },
  en: {
    delivered: (no) => [
      'What would you like to recharge?',
      'Line found: 036 36 26 08',
      `[ 1${NARROW}000${HARD}DA`,
      'Check, then pay.',
      `[ ✅ Pay 1${NARROW}000${HARD}DA ]`,
      `⏳ Order no. ${no}: `,
      `✅ Order no. ${no}: recharged.`,
      'Card code: ▒▒▒▒▒▒▒▒▒▒▒▒',
      'Transaction number: ',
      '[ Copy the code ⧉ ',
    ],
    refunded: (no) => [
      'Line found: 213 470 00 00 03',
      `↩️ Order no. ${no}: not recharged; 500${HARD}DA is back in your balance.`,
    ],
    lost: (no) => [
      `🔎 Order no. ${no} is being checked`,
      'do not order again',
      `✅ Order no. ${no}: recharged.`,
      'Card code: ',
    ],
  },
};

type Argument = Language | 'no argument';

const da = (thousands: number, rest: string): string => `${thousands}${NARROW}${rest}${HARD}DA`;

/** What the shop has at the provider, and what the buyers have on their wallets. */
const books: Record<Argument, string[]> = {
  'no argument': [
    `Money at the provider before: ${da(12, '450')}`,
    'Accepted orders: 3',
    `Money at the provider after: ${da(10, '490')}`,
    `The wallet of Nadia: ${da(5, '000')} before, ${da(5, '000')} after`,
    `The wallet of Sam: ${da(2, '500')} before, ${da(1, '500')} after`,
  ],
  ar: ['الرصيد لدى المزوّد قبل: 12', 'الطلبات المقبولة: 3', 'الرصيد لدى المزوّد بعد: 10'],
  fr: [
    'Argent chez le fournisseur avant: 12',
    'Commandes acceptées: 3',
    'Argent chez le fournisseur après: 10',
    `Portefeuille de Nadia : ${da(5, '000')} avant, ${da(3, '020')} après`,
  ],
  en: [
    'Money at the provider before: 12',
    'Accepted orders: 3',
    'Money at the provider after: 10',
    `The wallet of Sam: ${da(2, '500')} before, 500${HARD}DA after`,
  ],
};

const PAIRS: readonly (readonly Argument[])[] = [
  ['no argument', 'ar'],
  ['fr', 'en'],
];

/** Who speaks in the three purchases. */
const spoken: Record<Argument, readonly [Language, Language, Language]> = {
  'no argument': ['ar', 'fr', 'en'],
  ar: ['ar', 'ar', 'ar'],
  fr: ['fr', 'fr', 'fr'],
  en: ['en', 'en', 'en'],
};

/** The lines of the transcript that are chat, not narration. */
const chatLines = (transcript: string): string[] =>
  transcript.split('\n').flatMap((line) => /^ {8}│ (.*)$/.exec(line)?.[1] ?? []);

/** What is left of lines with letters A to Z when names and codes are taken out; more than fifty lines must be there. */
function englishIn(lines: readonly string[]): string[] {
  expect(lines.length).toBeGreaterThan(50);
  const names = /\/start|\/topup|ADSL|4G|IDOOM FTTC 10M|AT-\d{4}-\d+/g;
  return lines.filter((line) => /[a-z]/i.test(line.replaceAll(names, '')));
}

function inOrder(transcript: string, expected: readonly string[]): void {
  let from = 0;
  for (const text of expected) {
    const at = transcript.indexOf(text, from);
    expect(at, `${text} after character ${from} of:\n${transcript}`).toBeGreaterThanOrEqual(0);
    from = at + text.length;
  }
}

/** Two at a time: more of them would measure the machine instead of the demo. */
describe.for(PAIRS)('the demo', (pair) => {
  test.concurrent.for(pair)(
    'with %s plays three purchases to their ends and balances the books',
    { timeout: SLOW },
    async (argument, context) => {
      const [delivered, refunded, lost] = spoken[argument];
      const began = Date.now();
      const args = argument === 'no argument' ? [] : [argument];
      const demo = await start(context, 'src/playground/demo.ts', { args });
      context.expect(await demo.ended, demo.output()).toBe(0);
      context.expect(Date.now() - began).toBeLessThan(LONGEST_MS);
      const transcript = demo.output();
      inOrder(transcript, [
        ...chat[delivered].delivered(1001),
        ...chat[refunded].refunded(1002),
        ...chat[lost].lost(1003),
        ...books[argument],
      ]);
      context.expect(transcript).toMatch(/⧉ \d{12} \]/);
      context.expect(await demo.leftovers()).toEqual([]);
      if (argument === 'ar') context.expect(englishIn(chatLines(transcript))).toEqual([]);
    },
  );
});

test('the demo speaks no fourth language', async (context) => {
  const demo = await start(context, 'src/playground/demo.ts', { args: ['de'] });
  context.expect(await demo.ended).toBe(1);
  context.expect(demo.output()).toContain('The demo speaks ar, fr or en, not de.');
});

test(
  'a purchase that ends differently from its scene is a fault that says how it ended',
  { timeout: SLOW },
  async (context) => {
    const counter = await openCounter();
    context.onTestFinished(() => counter.close());
    await counter.startBot();
    counter.provider.forNumber('036362608', { kind: 'refunded', afterMs: 0 });
    const scene = { ending: 'delivered', person: english, language: 'en' } as const;
    await context
      .expect(playScene(counter, scene, () => undefined))
      .rejects.toThrow(/should have ended with ✅, but says: ↩️ Order no\. 1001/);
  },
);
