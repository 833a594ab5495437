// Loaded before the bot with `--import`: while the file TEST_DISK_FULL names exists, nothing more can be written, as on
// a disk without a byte left. A real full disk needs the rights to mount one.

import { existsSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const sign = process.env['TEST_DISK_FULL'] ?? '';
const realOpen = promises.open;

function full(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
}

Object.assign(promises, {
  open: async (...args: Parameters<typeof realOpen>) => {
    const [, flags = 'r'] = args;
    if (flags !== 'r' && existsSync(sign)) throw full();
    return realOpen(...args);
  },
});
syncBuiltinESMExports();
