// A process of its own for the lock's tests: takes the lock of the folder it is given, says how that went, and stays.

import { acquireLock, LockedError } from '../../src/store/lock.ts';

const [, , dir = ''] = process.argv;
try {
  await acquireLock(dir, { clock: Date.now });
  process.stdout.write('won\n');
} catch (error) {
  process.stdout.write(error instanceof LockedError ? 'locked\n' : `${String(error)}\n`);
}
// Waits for the kill, or for its parent's end.
process.stdin.resume();
