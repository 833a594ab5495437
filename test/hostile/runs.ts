// How often a door is tried, and from which seed. The usual number fits into a test run; `npm run hostile` tries a hundred
// times as often. Every failure prints the seed and the path that find it again: `HOSTILE_SEED=… npx vitest run <file>`.

import { vi } from 'vitest';

const times = Math.max(0.01, Number(process.env['HOSTILE'] ?? '1') || 1);
const seed = Number(process.env['HOSTILE_SEED'] ?? '20261121') | 0;

vi.setConfig({ testTimeout: 120_000 * Math.max(1, times), hookTimeout: 60_000 });

/** The parameters of a property that is usually tried so often. */
export const runs = (usual: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: Math.max(1, Math.ceil(usual * times)),
  seed,
});
