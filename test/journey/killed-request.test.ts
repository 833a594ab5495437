// The bot is killed in the middle of a credit request, at each of its calls, and started again, in each language: the
// request is made once, answered once and paid once, and everybody hears of it.

import { describe, expect, it } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { line } from '../domain/an-order.ts';
import { castOf, CODE, firstOf, said, STOCK, type Cast, type Guest, type Words } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';
import { readable, type Visitor } from './visitor.ts';

const ASKED = dinars(2000);
/** Calls that a request, or an answer to one, is made of. */
const SPEAKS = /^(?:send(?:Message|Photo)|edit|answerCallbackQuery)/u;

let day: ShopDay;
dayForAll((opened) => (day = opened), { between: 15 * MINUTE, provider: { products: STOCK } });

/** Kills the bot at its nth call from now on, before Telegram has carried it out or after; gives when it is dead. */
function killAt(nth: number, phase: 'before' | 'after'): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let calls = 0;
  const stop = day.telegram.onRequest(async (moment) => {
    if (!SPEAKS.test(moment.method) || moment.phase !== phase || (calls += 1) !== nth) return undefined;
    stop();
    await day
      .bot()
      .kill()
      .then(() => resolve(undefined), reject);
    return 'drop';
  });
  return promise;
}

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);
  const owners = (): { owner: Visitor; words: Words }[] => [
    { owner: cast().owner, words: cast() },
    ...cast().colleagues,
  ];

  /** Every owner presses, in the same second, whatever offers to put the money on this person's wallet. */
  async function pressEverything({ named }: Guest): Promise<void> {
    const buttons = owners().flatMap(({ owner, words }) => {
      const asks = firstOf(words.wallets.request(named, ASKED, ZERO, 0));
      return day.telegram
        .messages(owner.id)
        .filter(({ text, keyboard }) => keyboard.length > 0 && readable(text).startsWith(asks))
        .map(({ id, keyboard }) => ({ owner, id, data: keyboard[0]?.[0]?.callback_data ?? '' }));
    });
    // The card of a colleague may have been closed when the thumb comes down.
    await Promise.all(
      buttons.map(({ owner, id, data }) => day.telegram.pressStale(owner.id, owner.id, id, data)),
    );
    await day.caughtUp();
  }

  it.each([
    { nth: 1, phase: 'before', when: 'before any owner was told' },
    { nth: 1, phase: 'after', when: 'when the first owner was told' },
    { nth: 3, phase: 'after', when: 'when every owner was told' },
    { nth: 4, phase: 'before', when: 'before the person was told' },
  ] as const)('asked for, and killed $when', async ({ nth, phase }) => {
    const { wallets, member } = cast();
    const nadia = await member('customer', 'Nadia');
    for (const { owner } of owners()) owner.looksAway();
    const dead = killAt(nth, phase);
    nadia.say('/deposit 2000');
    await dead;
    await day.start();
    await nadia.sees(said(wallets.asked(ASKED)));
    await Promise.all(
      owners().map(({ owner, words }) =>
        owner.sees(firstOf(words.wallets.request(nadia.named, ASKED, ZERO, 0))),
      ),
    );
    nadia.looksAway();
    await pressEverything(nadia);
    await nadia.sees(said(wallets.depositTold(ASKED, ASKED)));
    await cast().has(nadia, 2000);
    for (const { owner, words } of owners())
      expect(
        owner
          .texts()
          .filter((text) => text.startsWith(firstOf(words.wallets.request(nadia.named, ASKED, ZERO, 0)))),
      ).toEqual([]);
  });

  it.each([
    { nth: 1, phase: 'before', when: 'before anything was said' },
    { nth: 2, phase: 'before', when: 'before the person was told' },
    { nth: 2, phase: 'after', when: 'when the person was told' },
    { nth: 3, phase: 'after', when: 'when the card was closed' },
  ] as const)('approved, and killed $when: a purchase that waited comes back', async ({ nth, phase }) => {
    const { owner, t, wallets, member } = cast();
    const nadia = await member('customer', 'Nadia', 300);
    nadia.say('/topup 036000001 2000');
    await nadia.sees(said(wallets.kept));
    owner.looksAway();
    nadia.say('/deposit 2000');
    const card = await owner.sees(firstOf(wallets.request(nadia.named, ASKED, ZERO, 0)));
    await nadia.sees(said(wallets.asked(ASKED)));
    await day.caughtUp();
    const dead = killAt(nth, phase);
    nadia.looksAway();
    void owner.press(said(wallets.buttons.put(ASKED)), card);
    await dead;
    await day.start();
    await nadia.sees(said(wallets.depositTold(ASKED, dinars(2300))));
    const facts = { service: 'ADSL', line: line('036000001'), value: dinars(2000), masked: false } as const;
    const back = await nadia.sees(said(t.quote({ ...facts, price: dinars(2000), balance: dinars(2300) })));
    await pressEverything(nadia);
    await nadia.press(said(t.buttons.pay(dinars(2000))), back);
    await nadia.sees(CODE);
    await cast().has(nadia, 300);
  });
});

booksAddUp(() => day);
