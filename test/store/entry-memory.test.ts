import { expect, test } from 'vitest';
import { ENTRY_MEMORY_MS } from '../../src/app/ports.ts';
import { entryMemory } from '../../src/store/entry-memory.ts';

test('what is too old is forgotten when something new comes, so that the memory does not grow', () => {
  const memory = entryMemory();
  for (let day = 0; day < 30; day += 1) memory.add([`a${day}`, `b${day}`], day * 24 * 3_600_000);
  expect(memory.size()).toBe(6);
  const now = 29 * 24 * 3_600_000;
  expect(['a26', 'a27', 'b29'].map((id) => memory.has(id, now))).toEqual([false, true, true]);
  expect(memory.has('a29', now + ENTRY_MEMORY_MS + 1)).toBe(false);
});

test('an id that is added again is known from then on, and a clock that was put back forgets nothing', () => {
  const memory = entryMemory();
  memory.add(['a', 'b'], 1_000);
  memory.add(['a'], 1_000 + ENTRY_MEMORY_MS);
  expect(memory.has('a', 2_000 + ENTRY_MEMORY_MS)).toBe(true);
  memory.add(['c'], 0);
  expect(memory.has('a', 0)).toBe(true);
});
