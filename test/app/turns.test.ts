import { expect, it } from 'vitest';
import { createTurns } from '../../src/app/turns.ts';

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
