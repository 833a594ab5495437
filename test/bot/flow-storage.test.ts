// Running purchases on disk: nobody shares an object with the store, and a flow of another version is dropped aloud.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FLOW_VERSION } from '../../src/bot/buy.ts';
import type { BotContext } from '../../src/bot/context.ts';
import { flowStorage } from '../../src/bot/flow-storage.ts';
import { openDialogues, type OpenedDialogues } from '../../src/store/dialogues.ts';
import { NOW } from '../domain/an-order.ts';

/** The storage looks at the update alone. */
const isContext = (ctx: { readonly update: Update }): ctx is BotContext => 'update' in ctx;

function contextOf(chatId: number, personId: number, updateId = 1): BotContext {
  const from = { id: personId, is_bot: false, first_name: 'x' };
  const chat = { id: chatId, type: 'group', title: 'x' } as const;
  const ctx = { update: { update_id: updateId, message: { message_id: 1, date: 0, chat, from } } };
  if (!isContext(ctx)) throw new TypeError('no context');
  return ctx;
}

const stored = (version: unknown, state: object = {}) => ({ version: [0, version], state });

let dir: string;
let opened: OpenedDialogues;
let dialogues: OpenedDialogues['dialogues'];

function adapter() {
  const storage = flowStorage(dialogues);
  if (storage.type !== 'context') throw new TypeError('flows are kept by context');
  return storage.adapter;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flows-'));
  opened = await openDialogues({ dir, clock: () => NOW });
  ({ dialogues } = opened);
});
afterEach(async () => {
  await opened.close();
  await rm(dir, { recursive: true });
});

describe('a kept flow', () => {
  it('is never a live object, neither going in nor coming out', async () => {
    const ctx = contextOf(-5, 7);
    const state = stored(FLOW_VERSION, { buy: [{ step: 1 }] });
    await dialogues.write('-5:7:0', state, 1);
    Object.assign(state.state, { buy: 'changed' });
    const first = await adapter().read(ctx);
    expect(first?.state).toEqual({ buy: [{ step: 1 }] });
    Object.assign(first?.state ?? {}, { buy: 'changed' });
    expect((await adapter().read(ctx))?.state).toEqual({ buy: [{ step: 1 }] });
  });

  it('is kept by chat and member, together with the update that moved it', async () => {
    await dialogues.write('-5:7:0', stored(FLOW_VERSION), 3);
    const flow = await adapter().read(contextOf(-5, 7));
    if (flow === undefined) throw new Error('the flow is gone');
    await adapter().write(contextOf(-5, 8, 41), flow);
    expect(await adapter().read(contextOf(-5, 8))).toEqual(flow);
    expect(await adapter().read(contextOf(-6, 7))).toBeUndefined();
    expect(dialogues.handled(41)).toBe(true);
    await adapter().delete(contextOf(-5, 8, 42));
    expect(await adapter().read(contextOf(-5, 8))).toBeUndefined();
    expect(dialogues.handled(42)).toBe(true);
  });
});

describe('a flow that can not be read any more', () => {
  it.each([
    ['of another version', stored(FLOW_VERSION + 1)],
    ['of no version', stored(undefined)],
    ['that is no flow', { anything: 'else' }],
    ['that is no object', 'torn'],
  ])('%s is dropped, and said so', async (_what, kept) => {
    await dialogues.write('-5:7:0', kept, 1);
    const ctx = contextOf(-5, 7, 9);
    expect(await adapter().read(ctx)).toBeUndefined();
    expect(ctx.outdatedFlow).toBe(true);
    expect(dialogues.read('-5:7:0')).toBeUndefined();
    const again = contextOf(-5, 7, 10);
    await adapter().read(again);
    expect(again.outdatedFlow).toBeUndefined();
  });
});

it('the storage names the version that the script has', () => {
  expect(flowStorage(dialogues)).toMatchObject({ type: 'context', version: FLOW_VERSION });
});
