import { expect, test } from 'vitest';
import { groupCommit } from '../../src/store/group-commit.ts';

test('everything submitted while a write runs goes into the next one', async () => {
  const batches: (readonly number[])[] = [];
  const first = Promise.withResolvers<undefined>();
  const commits = groupCommit<number, number>(async (changes) => {
    batches.push(changes);
    if (batches.length === 1) await first.promise;
    return changes.map((change) => () => change * 10);
  });
  const one = commits.submit(1);
  await Promise.resolve();
  await Promise.resolve();
  const rest = [2, 3, 4].map((change) => commits.submit(change));
  first.resolve(undefined);
  expect(await Promise.all([one, ...rest])).toEqual([10, 20, 30, 40]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('nobody waits for the writes of those who come later', async () => {
  let writes = 0;
  let flowing = true;
  const commits = groupCommit<undefined, number>((changes) => {
    writes += 1;
    // Somebody else always wants to write again: lowdb's own promise would stay pending here.
    if (flowing) void commits.submit(undefined);
    return Promise.resolve(changes.map(() => () => writes));
  });
  expect(await commits.submit(undefined)).toBe(1);
  flowing = false;
  await commits.idle();
});

test('a failed write rejects everybody in it and nobody after it', async () => {
  let broken = true;
  const commits = groupCommit<number, number>((changes) => {
    if (broken) return Promise.reject(new Error('broken'));
    return Promise.resolve(changes.map((change) => () => change));
  });
  const both = await Promise.allSettled([commits.submit(1), commits.submit(2)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await commits.submit(3)).toBe(3);
});

test('one change can be refused without the others', async () => {
  const commits = groupCommit<number, number>((changes) =>
    Promise.resolve(
      changes.map((change) => () => {
        if (change === 2) throw new RangeError('not two');
        return change;
      }),
    ),
  );
  const all = await Promise.allSettled([1, 2, 3].map((change) => commits.submit(change)));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
