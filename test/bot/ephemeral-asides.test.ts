// What stands beside the prompt of a purchase for its buyer alone: one at a time, and gone when the purchase is.

import { beforeEach, describe, expect, it } from 'vitest';
import { counterForEach, STRANGER, type Counter } from './open-counter.ts';
import { FIGURES, KARIM, LINA, openSeenGroup, type SeenGroup } from './seen-group.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: SeenGroup;

describe('beside a purchase', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true });
  });

  it.each([
    ['is paid', 'Recharge'],
    ['is given up', 'Cancel'],
    ['goes back to the amounts', 'Other amount'],
  ])('what stood beside a confirmation goes when it %s', async (_how, label) => {
    await group.say(KARIM, '/topup 036362608 1000');
    await group.shown(KARIM, FIGURES);
    await group.press(KARIM, label);
    await group.until(() => group.alone(KARIM).length === 0);
  });

  it('the balance stays when a purchase goes on', async () => {
    await group.say(KARIM, '/balance');
    await group.say(KARIM, '/topup 036362608 1000');
    await group.shown(KARIM, FIGURES);
    await group.press(KARIM, 'Cancel');
    await group.until(() => group.alone(KARIM).length === 1);
    expect(group.aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });

  it('two agents at once see their own figures, and nothing of each other’s', async () => {
    for (const person of [KARIM, LINA]) counter.telegram.say(person, group.id, '/topup 036362608 1000');
    await counter.handle();
    await group.shown(KARIM, FIGURES);
    await group.shown(LINA, 'Vous payez : 1 000 DA\nSolde : 3 000 DA, puis 2 000 DA');
    expect([group.alone(KARIM).length, group.alone(LINA).length]).toEqual([1, 1]);
    expect(group.alone(STRANGER)).toEqual([]);
  });
});

describe('in a forum', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true, isForum: true });
  });

  it('it stands in the topic of the purchase, and goes with that one', async () => {
    const [oran, bejaia] = ['Oran', 'Béjaïa'].map((name) => counter.telegram.addTopic(group.id, name));
    await group.say(KARIM, '/topup 036362601 500', { threadId: oran ?? 0 });
    await group.say(KARIM, '/topup 036362602 1000', { threadId: bejaia ?? 0 });
    await group.until(
      () =>
        group.alone(KARIM).length === 2 &&
        group.aloneTexts(KARIM).every((text) => text.startsWith('You pay')),
    );
    expect(group.alone(KARIM).map(({ threadId }) => threadId)).toEqual([oran, bejaia]);
    await group.press(KARIM, 'Cancel', oran);
    await group.until(() => group.alone(KARIM).length === 1);
    expect(group.alone(KARIM)).toMatchObject([{ threadId: bejaia }]);
  });
});
