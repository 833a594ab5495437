// Features as one: what works where others read along, and what an owner's role is asked for.

import { describe, expect, it, vi } from 'vitest';
import { idOf, joinFeatures, type Feature } from '../../src/bot/feature.ts';
import { bareContext, GROUP, PERSON, pressing, writing } from './bare-context.ts';

function instead() {
  const say = () => vi.fn(() => Promise.resolve());
  return { ofCommand: say(), ofPress: say(), ofAnswer: say() };
}
const handler = () => vi.fn(() => Promise.resolve());
const inGroup = () => bareContext(pressing(GROUP), { role: 'owner' }).ctx;

describe('in a group', () => {
  it('only what a feature names for groups is done; instead of the rest that is said', async () => {
    const [balance, statement] = [handler(), handler()];
    const said = instead();
    const { commands } = joinFeatures([{ commands: { balance, statement }, inGroups: ['balance'] }], said);
    const { ctx } = bareContext(writing(GROUP));
    for (const command of Object.values(commands)) await command(ctx, '');
    expect([balance, statement, said.ofCommand].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
    await commands['statement']?.(bareContext(writing(PERSON)).ctx, 'x');
    expect(statement).toHaveBeenCalledOnce();
  });

  it('a button works only where its feature names it, and an owner’s never does', async () => {
    const [open, hidden, owners] = [handler(), handler(), handler()];
    const said = instead();
    const feature: Feature = {
      presses: { open, hidden },
      ownerPresses: { owners },
      pressedInGroups: ['open', 'owners'],
    };
    const { presses, ownerPresses } = joinFeatures([feature], said);
    for (const press of [...Object.values(presses), ...Object.values(ownerPresses)])
      await press(inGroup(), []);
    expect([open, hidden, owners].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0]);
    expect(said.ofPress).toHaveBeenCalledTimes(2);
  });

  it('what one feature opens to groups stays closed in another', async () => {
    const list = handler();
    const { commands } = joinFeatures([{ inGroups: ['list'] }, { commands: { list } }], instead());
    await commands['list']?.(inGroup(), '');
    expect(list).not.toHaveBeenCalled();
  });
});

describe('a question that only owners are asked', () => {
  const answered = async (role?: 'owner') => {
    const take = vi.fn(() => Promise.resolve({ again: { text: 'once more' } }));
    const said = instead();
    const { ownerAnswers } = joinFeatures([{ ownerAnswers: { wdep: take } }], said);
    const { ctx } = bareContext(writing(PERSON), role === undefined ? {} : { role });
    const result = await ownerAnswers['wdep']?.(ctx, [], { text: '500', photo: null });
    return { result, took: take.mock.calls.length, said: said.ofAnswer.mock.calls.length };
  };

  it('is answered by an owner', async () => {
    expect(await answered('owner')).toEqual({ result: { again: { text: 'once more' } }, took: 1, said: 0 });
  });

  it('outlives the role of nobody: a no is said, and the question is over', async () => {
    expect(await answered()).toEqual({ result: 'done', took: 0, said: 1 });
  });
});

it.each<[string, Feature, Feature]>([
  ['command', { commands: { same: handler() } }, { commands: { same: handler() } }],
  ['owners’ command', { ownerCommands: { same: handler() } }, { ownerCommands: { same: handler() } }],
  ['button', { presses: { same: handler() } }, { presses: { same: handler() } }],
  ['owners’ button', { ownerPresses: { same: handler() } }, { ownerPresses: { same: handler() } }],
])('two features with the same %s are a bug that is told at the start', (_what, one, other) => {
  expect(() => joinFeatures([one, other], instead())).toThrow('two features use the name same');
});

it.each([
  ['20', 20],
  ['-1001234567890', -1_001_234_567_890],
  ['0', undefined],
  ['-0', undefined],
  ['020', undefined],
  ['+20', undefined],
  ['2e3', undefined],
  ['20.5', undefined],
  [' 20', undefined],
  ['12345678901234567', undefined],
  ['', undefined],
  [undefined, undefined],
])('the word %j names %s', (word, id) => {
  expect(idOf(word)).toBe(id);
});
