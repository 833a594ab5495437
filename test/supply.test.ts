// What is installed: nothing that runs code of its own at installation, everything pinned by a sum, from no address that
// the lock file would choose.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '..');
const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

const versions = z.record(z.string(), z.string()).default({});
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.looseObject({
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(text('package-lock.json')));
const manifest = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: versions,
    devDependencies: versions,
    optionalDependencies: versions,
  })
  .parse(JSON.parse(text('package.json')));
const installed = Object.entries(packages).filter(([name]) => name !== '');

it('no package that the bot runs with has an install script', () => {
  expect(installed.length).toBeGreaterThan(10);
  const running = installed.filter(([, { dev }]) => dev !== true);
  expect(
    running.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([name]) => name),
  ).toEqual([]);
});

it('no install script is run at all, neither here nor in the image', () => {
  expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  expect(text('Dockerfile')).toMatch(/npm ci .*--ignore-scripts/);
  const own = Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name));
  expect(own).toEqual([]);
});

it('each package is pinned by its sum, and the lock file sends nobody anywhere', () => {
  const unpinned = installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
  expect(unpinned.map(([name]) => name)).toEqual([]);
  expect(installed.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([]);
});

it('each version is named exactly', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const all = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(all.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
