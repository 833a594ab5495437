// Loaded before the bot with `--import`: its clock and its timers run TEST_SPEED times faster than the world's, so that
// minutes of patience take a second. The bot itself knows no such switch. With TEST_EPOCH, the moment (epoch ms) at which
// both clocks agreed, a bot that is started again finds its clock where the killed one left it.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const speed = Number(process.env['TEST_SPEED'] ?? '1');
const began = Number(process.env['TEST_EPOCH'] ?? Date.now());
const realNow = Date.now.bind(Date);
const realPromised = timers.setTimeout;
const realSetTimeout = globalThis.setTimeout;
const realSetInterval = globalThis.setInterval;

Date.now = () => began + (realNow() - began) * speed;

const shorter = (ms: number | undefined): number => (ms ?? 0) / speed;

Object.assign(globalThis, {
  setTimeout: Object.assign(
    (run: () => void, ms?: number, ...rest: []) => realSetTimeout(run, shorter(ms), ...rest),
    realSetTimeout,
  ),
  setInterval: (run: () => void, ms?: number, ...rest: []) => realSetInterval(run, shorter(ms), ...rest),
});
Object.assign(timers, {
  setTimeout: <T>(ms?: number, value?: T, options?: object) => realPromised(shorter(ms), value, options),
});
syncBuiltinESMExports();
