// Answers that get lost on the way: the order is looked up until it is known, sent again only with the same reference
// and only when the provider does not know it, and bought exactly once.

import { describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, chooseLanguages, quote } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';
import type { Visitor } from './visitor.ts';

let day: ShopDay;
/** While shut, look-ups get no answer: what the person reads meanwhile stands still. */
let lookUps: { open: () => void } | undefined;

dayForAll((opened) => (day = opened), { prepare: chooseLanguages });

function shutLookUps(): void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const remove = day.provider.onRequest(({ phase, path }) =>
    phase === 'before' && path.startsWith('/internet/check-ref') ? promise : undefined,
  );
  lookUps = {
    open: () => {
      remove();
      resolve(undefined);
    },
  };
}

const refsSent = (number: string): unknown[] =>
  day.provider.calls
    .filter(({ path, body }) => path.startsWith('/internet/send') && JSON.stringify(body).includes(number))
    .map(({ ref }) => ref);

const CHECKED = {
  owner:
    /^🔎 Order no\. \d+ is being checked with Algérie Télécom\.\n.*\nYour money is held; do not order again; we will tell you here\.$/u,
  patronne:
    /^🔎 Commande n° \d+ : nous vérifions auprès d’Algérie Télécom\.\n.*\nVotre argent est réservé, ne refaites pas la commande, nous vous répondrons ici\.$/u,
  sahib: /^🔎 الطلب رقم \d+ قيد التحقق لدى اتصالات الجزائر\.\n.*\nمبلغك محفوظ، لا تُعد الطلب، وسنخبرك هنا\.$/u,
};
const RECHARGED = { owner: ': recharged.', patronne: ' : ligne rechargée.', sahib: ': تم الشحن.' };

/** One purchase whose answer is lost: what is read meanwhile, how it ends, how often it was sent. */
async function losesTheAnswer(who: keyof typeof CHECKED, number: string): Promise<unknown[]> {
  const person: Visitor = day[who];
  shutLookUps();
  const no = await buy(person, number, 500);
  await day.leapUntil(() => person.saw(CHECKED[who]), MINUTE / 6);
  expect(person.saw(RECHARGED[who])).toBe(false);
  lookUps?.open();
  const end = new RegExp(`^✅ .* ${no}${RECHARGED[who].replace('.', '\\.')}`, 'u');
  await day.leapUntil(() => person.saw(end), MINUTE / 6);
  const card = await person.sees(end);
  const orders = day.accepted(number);
  expect(orders).toHaveLength(1);
  expect(card.text).toContain(orders[0]?.cardCode);
  return refsSent(number);
}

describe('accepted, but the answer got lost: found by reference, never sent again', () => {
  it.each([
    ['the answer never comes', 'owner', '036000006'],
    ['the connection is cut after acceptance', 'patronne', '036000008'],
    ['an error 500 after acceptance', 'sahib', '036000009'],
    ["a proxy's page instead of the answer", 'owner', '036000013'],
    ['the reference is kept in its prefixed form only', 'owner', '036000014'],
  ] as const)('%s', async (_, who, number) => {
    expect(await losesTheAnswer(who, number)).toHaveLength(1);
  });
});

describe('not accepted: sent once more with the same reference, after three minutes of "not known"', () => {
  it.each([
    ['the connection is cut before acceptance', 'owner', '036000007'],
    ['an error 500 before acceptance', 'patronne', '036000010'],
    ['an error 503', 'sahib', '036000011'],
  ] as const)('%s', async (_, who, number) => {
    const refs = await losesTheAnswer(who, number);
    expect(refs).toHaveLength(2);
    expect(refs[1]).toBe(refs[0]);
    const [first, second] = day.provider.calls.filter(
      ({ ref, path }) => path.startsWith('/internet/send') && ref === refs[0],
    );
    // Counted by the bot from before the first one left; the stand-in sees it arrive a moment later.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3 * MINUTE - 5_000);
    const asked = day.provider.calls.filter(
      ({ path, status, seq }) =>
        path.includes(String(refs[0])) &&
        status === 404 &&
        seq < (second?.seq ?? 0) &&
        !path.includes('API-'),
    );
    expect(asked.length).toBeGreaterThanOrEqual(5);
  });
});

it('is told to slow down: sent again after the hinted wait, and nobody is alarmed', async () => {
  const no = await buy(day.owner, '036000012', 500);
  await day.owner.sees(`✅ Order no. ${no}: recharged.`);
  expect(day.owner.saw('being checked')).toBe(false);
  const refs = refsSent('036000012');
  expect(refs).toHaveLength(2);
  expect(refs[1]).toBe(refs[0]);
  const [first, second] = day.provider.calls.filter(
    ({ ref, path }) => path.startsWith('/internet/send') && ref === refs[0],
  );
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  expect(day.accepted('036000012')).toHaveLength(1);
});

it('a road that delivers the purchase twice gets DUPLICATED_REF: it landed, and is looked up', async () => {
  shutLookUps();
  let copied = false;
  const stop = day.provider.onRequest(async ({ phase, path, body }) => {
    if (copied || phase === 'after' || !path.startsWith('/internet/send')) return;
    copied = true;
    const headers = { 'content-type': 'application/json', 'x-access-token': day.provider.key };
    await fetch(`${day.provider.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  });
  const card = await quote(day.owner, '213472731602', 500);
  await day.owner.press('✅', card);
  await day.owner.sees(CHECKED.owner);
  lookUps?.open();
  await day.leapUntil(() => day.owner.saw(': recharged.'), MINUTE / 6);
  stop();
  expect(day.accepted('213472731602')).toHaveLength(1);
  expect(
    day.provider.calls.filter(({ path, status }) => path.startsWith('/internet/send') && status === 403),
  ).toHaveLength(1);
  expect(refsSent('213472731602')).toHaveLength(2);
});

it('a look-up that fails is not a "not known": nothing is sent again while the provider is away', async () => {
  shutLookUps();
  const no = await buy(day.owner, '213470000007', 500);
  await day.owner.sees(CHECKED.owner);
  day.provider.outage('drop');
  lookUps?.open();
  for (let minutes = 0; minutes < 30; minutes += 1) await day.leap(MINUTE);
  expect(refsSent('213470000007')).toHaveLength(1);
  expect(day.owner.saw(': recharged.')).toBe(false);
  day.provider.outage(false);
  await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE / 2);
  expect(day.accepted('213470000007')).toHaveLength(1);
  expect(refsSent('213470000007')).toHaveLength(2);
});

booksAddUp(() => day);
