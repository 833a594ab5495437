// A flow lives in memory while its lane is held, and goes to the next process with the lane; whoever lost a lane changes
// nothing in it.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LostLane } from '../../../src/app/chat-memory.ts';
import type { TakenLane } from '../../../src/app/lanes.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { createHeldLanes, type HeldLanes } from '../../../src/store/postgres/held-lanes.ts';
import { createLanes } from '../../../src/store/postgres/lanes.ts';
import { still } from '../../contract/under-test.ts';
import { NOW } from '../orders.ts';
import { describeOnPostgres } from './with-postgres.ts';

let shops = 0;
const PROMPT = { chatId: 7, threadId: null, messageId: 12, language: 'fr' } as const;

describeOnPostgres('the flows of lanes that are held', ({ open, server, ask }) => {
  let now = NOW;

  function processOn(schema: string, holder: string): HeldLanes {
    const database = openDatabase({ url: server().url, schema, sleep });
    onTestFinished(() => database.close());
    const clock = (): number => now;
    return createHeldLanes({ lanes: createLanes({ database, holder, clock }), clock });
  }
  async function two() {
    const name = `held${(shops += 1)}`;
    now = NOW;
    await open(still, name);
    return { name, a: processOn(name, 'a'), b: processOn(name, 'b') };
  }
  const lapse = (name: string) => ask(name, `UPDATE lanes SET held_until = now() - interval '1 s'`);
  const send = ({ lanes }: HeldLanes, ...ids: number[]): Promise<void> =>
    lanes.receive(ids.map((id) => ({ id, key: 'x', update: { update_id: id } })));
  async function takeIt({ lanes }: HeldLanes): Promise<TakenLane> {
    const lane = await lanes.takeOne('x');
    if (lane === undefined) throw new Error('somebody has the lane');
    return lane;
  }
  const handledIn = async (name: string) =>
    (await ask(name, 'SELECT update_id::int AS id FROM updates WHERE handled ORDER BY id')).map(
      ({ id }) => id,
    );

  test('a flow and its prompt are kept with the update that moved them, and go with the lane', async () => {
    const { name, a, b } = await two();
    await send(a, 1, 2);
    const lane = await takeIt(a);
    expect(lane).toMatchObject({ prompted: false, updates: [{ id: 1 }, { id: 2 }] });
    expect(a.dialogues.read('x')).toBeUndefined();
    expect(a.dialogues.touchedAt('x')).toBeUndefined();
    a.dialogues.setPrompt('x', PROMPT);
    const state = { step: 1, list: ['a'] };
    const written = a.dialogues.write('x', state, 1);
    state.list.push('b');
    await written;
    expect(a.dialogues.read('x')).toEqual({ step: 1, list: ['a'] });
    await a.lanes.handled(lane, 1);
    await a.lanes.handled(lane, 2);
    await a.lanes.release(lane);
    expect(await handledIn(name)).toEqual([1, 2]);
    expect(await takeIt(b)).toMatchObject({ prompted: true, updates: [] });
    expect(b.dialogues.read('x')).toEqual({ step: 1, list: ['a'] });
    expect(b.dialogues.prompt('x')).toEqual(PROMPT);
    expect(b.dialogues.touchedAt('x')).toBe(NOW);
    await b.dialogues.delete('x');
    expect([b.dialogues.read('x'), b.dialogues.prompt('x')]).toEqual([undefined, undefined]);
    expect(await b.dialogues.idle(NOW + 1)).toEqual([]);
  });

  test('a lane that nobody here has is not read and not written', async () => {
    const { a } = await two();
    expect(() => a.dialogues.read('x')).toThrow(LostLane);
    expect(() => a.dialogues.prompt('x')).toThrow(LostLane);
    await expect(a.dialogues.delete('x')).rejects.toThrow(LostLane);
  });

  test('what another process has taken over is lost at the first write, and a later release takes nothing from it', async () => {
    const { name, a, b } = await two();
    await send(a, 1);
    const lane = await takeIt(a);
    await lapse(name);
    const theirs = await takeIt(b);
    expect(a.lanes.has(lane)).toBe(true);
    await expect(a.dialogues.write('x', { of: 'a' }, 1)).rejects.toThrow(LostLane);
    expect([a.lanes.has(lane), a.lanes.holds('x')]).toEqual([false, false]);
    await a.lanes.release(lane);
    await b.dialogues.write('x', { of: 'b' }, 1);
    await b.lanes.release(theirs);
    await takeIt(a);
    expect(a.dialogues.read('x')).toEqual({ of: 'b' });
    await a.lanes.release(lane);
    expect(a.lanes.holds('x')).toBe(true);
  });

  test('a sign of life that does not come through makes a lane unsure, one that comes too late loses it', async () => {
    const { name, a } = await two();
    await send(a, 1);
    const lane = await takeIt(a);
    now += 15_999;
    expect(a.lanes.isSure(lane)).toBe(true);
    now += 1;
    expect(a.lanes.isSure(lane)).toBe(false);
    await a.lanes.renew();
    expect(a.lanes.isSure(lane)).toBe(true);
    await lapse(name);
    await a.lanes.renew();
    expect(a.lanes.has(lane)).toBe(false);
  });

  test('a prompt whose flow could not be written goes with the lane all the same', async () => {
    const { a, b } = await two();
    const lane = await takeIt(a);
    a.dialogues.setPrompt('x', PROMPT);
    await a.dialogues.write('x', { step: 1 }, 1);
    a.dialogues.setPrompt('x', { ...PROMPT, messageId: 13 });
    await a.lanes.release(lane);
    await takeIt(b);
    expect(b.dialogues.prompt('x')?.messageId).toBe(13);
  });

  test('what waits behind a flood is dropped, and all lanes are given back at the end', async () => {
    const { name, a, b } = await two();
    await send(a, ...Array.from({ length: 33 }, (_, i) => i + 1));
    const lane = await takeIt(a);
    expect(await a.lanes.shed(lane)).toBe(3);
    expect(await handledIn(name)).toEqual([31, 32, 33]);
    await a.lanes.releaseAll();
    expect((await takeIt(b)).updates).toHaveLength(30);
  });
});
