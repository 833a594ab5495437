// What the port says of the bot: whether it lives, and whether it is fit to serve, part by part.

import { inTime } from './patience.ts';
import { json, type Answered, type Routes } from './server.ts';

/** Whether a part is fit, asked now; undefined: it is another process's to say. One that rejects is not. */
export type Part = () => boolean | undefined | Promise<boolean>;

async function isFit(part: Part): Promise<boolean | undefined> {
  try {
    return await inTime(Promise.resolve(part()));
  } catch {
    return false;
  }
}

async function ready(parts: Readonly<Record<string, Part>>): Promise<Answered> {
  const told = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => [name, await isFit(part)] as const),
  );
  const isReady = told.every(([, fit]) => fit !== false);
  return json(isReady ? 200 : 503, { ready: isReady, ...Object.fromEntries(told) });
}

/** `/healthz`: 200 while the process lives. `/readyz`: 200 while every part is fit, 503 otherwise, and which is not. */
export const healthRoutes = (parts: Readonly<Record<string, Part>>): Routes => ({
  'GET /healthz': () => json(200, { alive: true }),
  'GET /readyz': () => ready(parts),
});
