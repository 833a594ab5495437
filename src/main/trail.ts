// Which update is being handled, wherever a line is logged meanwhile: one id leads from what somebody pressed to the order
// that came of it, and the order's reference from there to every call to the provider.

import { AsyncLocalStorage } from 'node:async_hooks';

const trail = new AsyncLocalStorage<{ readonly update: number }>();

/** Whatever is logged by the task and by what it calls names this update. */
export const during = <T>(update: number, task: () => T): T => trail.run({ update }, task);

/** For the logger: what every line of this moment has to name. */
export const whereabouts = (): object => trail.getStore() ?? {};
