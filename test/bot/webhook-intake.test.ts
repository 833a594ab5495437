// Updates that Telegram brings: on disk before it hears that it may forget them, handled once, and in order.

import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateJournal } from '../../src/app/chat-memory.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';
import { createWebhookIntake, type WebhookIntake } from '../../src/bot/webhook-intake.ts';

type Kept = UpdateJournal;

/** Long enough for everything that waits for nobody. */
async function turn(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A text by somebody; `slow` is handled when it is told to be. */
const update = (id: number, text = '', from = 1): Update => ({
  update_id: id,
  message: {
    message_id: id,
    date: 0,
    text,
    chat: { id: from, type: 'private', first_name: 'A' },
    from: { id: from, is_bot: false, first_name: 'A' },
  },
});

describe('the intake of what Telegram brings', () => {
  let ids: Set<number>;
  let list: readonly unknown[];
  let full: boolean;
  let handled: number[];
  let slow: Map<number, () => void>;
  let lives: WebhookIntake[];
  /** Writes of the list that are going on; each ends when it is told to. */
  let writes: (() => void)[] | undefined;

  const disk: Kept = {
    handled: (id) => ids.has(id),
    markHandled: (id) => {
      if (full) return Promise.reject(new Error('disk full'));
      ids.add(id);
      return Promise.resolve();
    },
    unfinished: () => list,
    setUnfinished: async (updates) => {
      const next = structuredClone(updates);
      if (writes !== undefined) await new Promise<void>((resolve) => writes?.push(resolve));
      if (full) throw new Error('disk full');
      list = next;
    },
  };

  /** One life of the process; once it is dead nothing of it is done any more. */
  function live({ open = true } = {}) {
    let dead = false;
    const intake = createWebhookIntake({
      api: {
        setWebhook: () => Promise.resolve(true),
        getWebhookInfo: () =>
          Promise.resolve({ url: 'u', has_custom_certificate: false, pending_update_count: 0 }),
        deleteWebhook: () => Promise.resolve(true),
      },
      ...{ url: 'u', secret: 's', allowedUpdates: ['message'], dialogues: disk },
      handle: async ({ update_id: id, message }) => {
        if (message?.text === 'slow') await new Promise<void>((resolve) => slow.set(id, resolve));
        if (dead) await new Promise(() => undefined);
        handled.push(id);
      },
      keyOf: ({ message }) => String(message?.from.id),
      queue: createKeyedQueue({ onLate: () => undefined }),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: () => 0,
      onFatal: () => undefined,
      sleep: (ms, signal) =>
        ms === 0
          ? Promise.resolve()
          : new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    });
    lives.push(intake);
    if (open) void intake.run();
    return { intake, kill: () => void (dead = true) };
  }

  /** How a call at the door ends: taken, or to be brought again; undefined while it is not answered. */
  function bring(intake: WebhookIntake, one: Update) {
    const said: { answer?: 'taken' | 'again' } = {};
    void intake.receive(one).then(
      () => (said.answer = 'taken'),
      () => (said.answer = 'again'),
    );
    return said;
  }

  beforeEach(() => {
    ids = new Set();
    list = [];
    full = false;
    writes = undefined;
    [handled, lives] = [[], []];
    slow = new Map();
  });
  afterEach(async () => {
    writes = undefined;
    await Promise.all(lives.map((life) => life.stop({ graceMs: 0 })));
  });

  it('answers once the update is on disk, however long its handling takes', async () => {
    writes = [];
    const { intake } = live();
    const said = bring(intake, update(7, 'slow'));
    await turn();
    expect(said.answer).toBeUndefined();
    writes.shift()?.();
    await turn();
    expect(said.answer).toBe('taken');
    expect(list).toMatchObject([{ update_id: 7 }]);
    expect(handled).toEqual([]);
    expect(intake.waiting()).toBe(1);
    slow.get(7)?.();
    await turn();
    expect(handled).toEqual([7]);
    expect(intake.waiting()).toBe(0);
  });

  it('writes together what comes while the disk is busy', async () => {
    writes = [];
    const { intake } = live();
    const said = [1, 2, 3].map((id) => bring(intake, update(id, 'slow', id)));
    await turn();
    // The first three came in one turn: one write. Two more come while it is under way: another one.
    said.push(...[4, 5].map((id) => bring(intake, update(id, 'slow', id))));
    await turn();
    expect(writes).toHaveLength(1);
    writes.shift()?.();
    await turn();
    expect(said.map(({ answer }) => answer)).toEqual(['taken', 'taken', 'taken', undefined, undefined]);
    expect(writes).toHaveLength(1);
    writes.shift()?.();
    await turn();
    expect(said.every(({ answer }) => answer === 'taken')).toBe(true);
    expect(list).toHaveLength(5);
    for (const done of slow.values()) done();
  });

  it('handles an update once, however often it is brought: meanwhile, afterwards, and in another life', async () => {
    const { intake } = live();
    const said = [bring(intake, update(7, 'slow')), bring(intake, update(7, 'slow'))];
    await turn();
    slow.get(7)?.();
    await turn();
    said.push(bring(intake, update(7)));
    await turn();
    said.push(bring(live().intake, update(7)));
    await turn();
    expect(said.map(({ answer }) => answer)).toEqual(['taken', 'taken', 'taken', 'taken']);
    expect(handled).toEqual([7]);
  });

  it('goes on after a kill with what it had been told to keep, each person in order', async () => {
    const first = live();
    for (const id of [1, 2, 3]) bring(first.intake, update(id, id === 2 ? 'slow' : ''));
    await turn();
    await turn();
    expect(handled).toEqual([1]);
    first.kill();
    const { intake } = live();
    bring(intake, update(4));
    await turn();
    slow.get(2)?.();
    await turn();
    await turn();
    expect(handled).toEqual([1, 2, 3, 4]);
  });

  it('has an update brought again that was not on disk when the process died', async () => {
    writes = [];
    const first = live();
    const said = bring(first.intake, update(7, 'slow'));
    await turn();
    first.kill();
    expect(said.answer).toBeUndefined();
    writes = undefined;
    bring(live().intake, update(7));
    await turn();
    expect(handled).toEqual([7]);
  });

  it('waits for the handling itself where the disk takes nothing', async () => {
    full = true;
    const { intake } = live();
    const said = bring(intake, update(7, 'slow'));
    await turn();
    expect(said.answer).toBeUndefined();
    slow.get(7)?.();
    await turn();
    expect(handled).toEqual([7]);
    expect(said.answer).toBe('taken');
  });

  it('takes nothing before it is open, and nothing once it stops', async () => {
    const { intake } = live({ open: false });
    const early = bring(intake, update(7));
    await turn();
    expect(early.answer).toBe('again');
    void intake.run();
    await intake.stop({ graceMs: 0 });
    const late = bring(intake, update(7));
    await turn();
    expect(late.answer).toBe('again');
    expect(handled).toEqual([]);
  });

  it('does not say that it took what neither the disk nor a handler has when it stops', async () => {
    full = true;
    const { intake } = live();
    const said = bring(intake, update(7, 'slow'));
    await turn();
    await intake.stop({ graceMs: 0 });
    slow.get(7)?.();
    await turn();
    expect(said.answer).toBe('again');
  });

  it('leaves with Telegram what it has no room for', async () => {
    const { intake } = live();
    const said = Array.from({ length: 401 }, (_, n) => bring(intake, update(n, 'slow', n)));
    await turn();
    expect(said.filter(({ answer }) => answer === 'taken')).toHaveLength(400);
    expect(said.at(-1)?.answer).toBe('again');
    for (const done of slow.values()) done();
    await turn();
    expect(intake.waiting()).toBe(0);
  });
});
