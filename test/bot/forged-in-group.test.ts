// What a modified app can do in a group: press a button that was never drawn there, or on a message that is somebody
// else's. Nobody reads by it what is private, and nobody's card is written over.

import { beforeEach, describe, expect, it } from 'vitest';
import { pack, type Press } from '../../src/bot/callback-data.ts';
import { letIn } from './group-people.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { fill } from './wallet-shop.ts';

const [KARIM, LINA] = [501, 502];

let counter: Counter;
let group: number;
counterForEach((opened) => (counter = opened));
beforeEach(async () => {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent' });
  await letIn(counter, { id: LINA, name: 'Lina', role: 'agent' });
  group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, KARIM, LINA] });
  await counter.handle();
  await fill(counter, LINA, 3000);
});

/** Lina's order has come to its end; where its card stands. */
async function ended(): Promise<number> {
  await counter.say('/topup 036362608 1000', LINA, group);
  await counter.press('Recharge', LINA, group);
  await counter.work();
  const [order] = counter.shop.store.all();
  if (order === undefined) throw new Error('nothing was ordered');
  counter.shop.topups.set(order.ref, { status: { kind: 'fulfilled' } });
  await counter.work();
  return counter.last(group).id;
}

async function forge(person: number, id: number, press: Press): Promise<string | undefined> {
  const answering = counter.telegram.pressStale(person, group, id, pack(press));
  await counter.handle();
  return (await answering).text;
}

const shown = () => counter.messages(group).map(({ id, text, keyboard }) => ({ id, text, keyboard }));

describe('a button of private chats, pressed in a group', () => {
  it.each([OWNER, KARIM])('shows nothing there and changes nothing (%d)', async (person) => {
    const id = await ended();
    const before = shown();
    const { presses, pressedInGroups, ownerPresses } = counter.features;
    const isDrawnInGroups = new Set(pressedInGroups);
    for (const verb of [...Object.keys(presses), ...Object.keys(ownerPresses)]) {
      if (isDrawnInGroups.has(verb)) continue;
      await forge(person, id, { kind: 'do', owner: person, verb, words: [] });
      expect(shown(), verb).toEqual(before);
    }
  });
});

describe('a message whose buttons are somebody else’s', () => {
  it.each<
    [
      string,
      (
        | Omit<Extract<Press, { kind: 'do' }>, 'owner'>
        | { kind: 'recharge' }
        | { kind: 'language'; language: 'fr' }
      ),
    ]
  >([
    ['a purchase that waits', { kind: 'do', verb: 'wdrop', words: ['f1'] }],
    ['going on with it', { kind: 'do', verb: 'wgo', words: [] }],
    ['a new purchase', { kind: 'recharge' }],
    ['a language', { kind: 'language', language: 'fr' }],
  ])('is not written over by %s', async (_what, press) => {
    const id = await ended();
    const before = shown();
    expect(await forge(KARIM, id, { ...press, owner: KARIM })).toMatch(/^⛔/u);
    expect(shown()).toEqual(before);
  });
});
