import { expect, it } from 'vitest';
import { createKeyedTurns, createTurns } from '../../src/app/turns.ts';

it('tasks of one line never come between each other, and one that fails keeps nobody from their turn', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const task = (name: string, end: () => void) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    end();
  };
  const fails = (): void => {
    throw new Error('no');
  };
  const [first, second] = [inTurn(task('first', fails)), inTurn(task('second', () => undefined))];
  await expect(first).rejects.toThrow('no');
  await second;
  expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('a line per key: only tasks of the same one wait for each other', async () => {
  const inTurn = createKeyedTurns();
  const { promise: slow, resolve: end } = Promise.withResolvers<string>();
  const first = inTurn('a', () => slow);
  let began = false;
  const second = inTurn('a', () => Promise.resolve((began = true)));
  expect(await inTurn('b', () => Promise.resolve('other'))).toBe('other');
  expect(began).toBe(false);
  end('first');
  expect(await Promise.all([first, second])).toEqual(['first', true]);
});
