// What the port says of the bot: whether it lives, and whether it is fit to serve, part by part.

import { json, type Answered, type Routes } from './server.ts';

/** Whether a part is fit, asked now. One that rejects is not. */
export type Part = () => boolean | Promise<boolean>;

/** A part that says nothing for so long is not fit, ms. */
const PATIENCE_MS = 3_000;

async function isFit(part: Part): Promise<boolean> {
  const { promise: tooLong, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), PATIENCE_MS);
  try {
    return await Promise.race([part(), tooLong]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function ready(parts: Readonly<Record<string, Part>>): Promise<Answered> {
  const told = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => [name, await isFit(part)] as const),
  );
  const isReady = told.every(([, fit]) => fit);
  return json(isReady ? 200 : 503, { ready: isReady, ...Object.fromEntries(told) });
}

/** `/healthz`: 200 while the process lives. `/readyz`: 200 while every part is fit, 503 otherwise, and which is not. */
export const healthRoutes = (parts: Readonly<Record<string, Part>>): Routes => ({
  'GET /healthz': () => json(200, { alive: true }),
  'GET /readyz': () => ready(parts),
});
