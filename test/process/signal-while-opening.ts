// Loaded before the bot with `--import`: the very moment the process has taken its folder's lock it is sent SIGNAL, as by
// somebody who changes his mind while a big folder is still being read.

import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const signal = process.env['SIGNAL'] === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
const realLink = fs.link;

Object.assign(fs, {
  link: async (from: string, to: string): Promise<void> => {
    await realLink(from, to);
    if (!to.endsWith('bot.lock')) return;
    process.kill(process.pid, signal);
    // A handler hears of it in the next turn; without one the process is gone by now.
    await new Promise((resolve) => setImmediate(resolve));
  },
});
syncBuiltinESMExports();
