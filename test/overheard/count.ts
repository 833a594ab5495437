// Runs around all test files: sums up what each of them listened to, so that a whole suite in which nothing was overheard
// fails instead of proving nothing.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import * as z from 'zod';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where each test file leaves its count. */
    overheard: string;
  }
}

const heardShape = z.object({ shops: z.int(), toOthers: z.int(), inGroups: z.int() });
type Heard = z.infer<typeof heardShape>;

/** Why the counts of a whole suite prove nothing; undefined when they do. */
export function silence(all: readonly Heard[]): string | undefined {
  const sum = (pick: (heard: Heard) => number): number => all.reduce((total, one) => total + pick(one), 0);
  const counts = {
    shops: sum((h) => h.shops),
    others: sum((h) => h.toOthers),
    groups: sum((h) => h.inGroups),
  };
  return Object.values(counts).every((count) => count > 0)
    ? undefined
    : `nothing was overheard: ${counts.shops} shops, ${counts.others} texts to others, ${counts.groups} in groups`;
}

async function countsIn(folder: string): Promise<Heard[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => heardShape.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'overheard-'));
  project.provide('overheard', folder);
  return async () => {
    const counts = await countsIn(folder);
    await rm(folder, { recursive: true, force: true });
    const { testFiles } = await project.globTestFiles();
    // A few files that somebody picked prove what they prove; some file may leave no count, all its tests skipped.
    const why = counts.length * 2 < testFiles.length ? undefined : silence(counts);
    if (why !== undefined) throw new Error(why);
  };
}
