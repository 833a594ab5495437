// `npm run bench`: measures every figure that the project promises and prints one table; ends with 1 when a target is
// missed. `npm run bench -- <name>` measures one. Everything stays on this machine.

import { commit } from './commit.ts';
import { copies } from './copies.ts';
import { database } from './database.ts';
import type { Figure, Measured, Row } from './figure.ts';
import { freshness } from './freshness.ts';
import { group } from './group.ts';
import { memory } from './memory.ts';
import { page } from './page.ts';
import { purchases } from './purchases.ts';
import { race } from './race.ts';
import { requests } from './requests.ts';
import { start } from './start.ts';
import { updates } from './updates.ts';
import { webhook } from './webhook.ts';

const FIGURES: readonly Figure[] = [
  ...[commit, database, purchases, copies, updates, webhook, requests, start],
  ...[memory, freshness, group, race, page],
];

/** For each figure. */
const DEADLINE_MS = 10 * 60_000;
const COLUMNS = ['figure', 'this', 'against', 'ratio', 'target', 'met'] as const;

const cells = ({ what, ours, against, ratio, target, met }: Row): readonly string[] => [
  what,
  ours,
  against,
  ratio,
  target,
  met === null ? '' : met ? 'yes' : 'NO',
];

function table(rows: readonly Row[]): string {
  const lines = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const print = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [print(COLUMNS), rule, ...lines.slice(1).map(print)].join('\n');
}

const failed = (name: string): Row => ({
  what: name,
  ours: 'failed',
  against: '',
  ratio: '',
  target: '',
  met: false,
});

async function measure({ name, measure: run }: Figure): Promise<Measured> {
  const began = performance.now();
  process.stderr.write(`${name} … `);
  const late = setTimeout(() => {
    console.error(`not done after ${DEADLINE_MS / 60_000} minutes`);
    process.exit(1);
  }, DEADLINE_MS);
  try {
    return await run();
  } catch (error) {
    return { rows: [failed(name)], notes: [error instanceof Error ? error.message : String(error)] };
  } finally {
    clearTimeout(late);
    process.stderr.write(`${Math.round((performance.now() - began) / 1_000)} s\n`);
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => FIGURES.every((figure) => figure.name !== name));
if (unknown.length > 0) {
  console.error(`No figure ${unknown.join(', ')}. There are: ${FIGURES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
// What a figure started ends with the process, so the process has to end in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const rows: Row[] = [];
const notes: string[] = [];
for (const figure of FIGURES) {
  if (asked.length > 0 && !asked.includes(figure.name)) continue;
  const measured = await measure(figure);
  rows.push(...measured.rows);
  notes.push(...measured.notes.map((note) => `${figure.name}: ${note}`));
}
console.log(`${table(rows)}\n\n${notes.join('\n')}`);
process.exit(rows.some(({ met }) => met === false) ? 1 : 0);
