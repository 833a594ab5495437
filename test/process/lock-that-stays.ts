// Loaded before the bot with `--import`: giving the folder's lock back never ends, as on a network disk that hangs.

import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const realUnlink = fs.unlink;

Object.assign(fs, {
  unlink: (path: string): Promise<void> =>
    path.endsWith('bot.lock') ? new Promise(() => undefined) : realUnlink(path),
});
syncBuiltinESMExports();
