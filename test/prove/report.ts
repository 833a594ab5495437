// What a run of the simulator comes to, for people: the table of promises, where it died, and a failing history's story.

import type { Tally, Told } from './job.ts';
import { phasesOf, type Points } from './points.ts';
import type { StoreKind } from './plan.ts';
import type { Violation } from './court.ts';

/** Each promise in short, how it was attacked, and what one test of it is. */
const PROMISES: readonly (readonly [promise: string, attacks: string, unit: string])[] = [
  [
    'One confirmation buys at most once',
    'double taps, updates that come again, old buttons, kills, lost answers',
    'purchases and orders compared',
  ],
  [
    'On disk before the first byte goes out',
    'power cuts, kills in mid-write, full, broken and slow disks',
    'sends, with the disk as a power cut would leave it',
  ],
  [
    'A lost answer is never called a failure',
    'answers lost, late, garbled, contradicted; look-ups from the past',
    'ends compared with the provider’s books',
  ],
  [
    'Sent again only by the same reference, after repeated denials',
    'requests lost, stale look-ups, 429, 5xx, kills in mid-send',
    'second sends',
  ],
  [
    'Every message ends in a final state',
    'kills, blocked and deleted chats, lost edits, moved groups',
    'orders with their messages',
  ],
  [
    'Money held is open orders, money taken is fulfilled ones',
    'races for one wallet, deposits approved twice, torn files',
    'states of the books written',
  ],
  [
    'A card code is sealed, and shown to its buyer alone',
    'groups, forwarded presses, logs, every byte written',
    'writes searched for codes',
  ],
  ['Nobody’s trouble is felt by another', 'one slow chat and line among others, floods', 'payments timed'],
];

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const count = (n: number): string => n.toLocaleString('en-GB');

/** Where it died, of all the points of an order's path. */
function coverage({ died, seen }: Tally, { path }: Points): string {
  const points = path.flatMap((name) => phasesOf(name).map((phase) => `${phase} ${name}`));
  const missed = points.filter((point) => died[point] === undefined);
  const beside = seen.filter(
    (name) => !path.includes(name) && !phasesOf(name).some((phase) => `${phase} ${name}` in died),
  );
  const total = Object.values(died).reduce((sum, times) => sum + times, 0);
  return [
    `Died ${count(total)} times, at ${Object.keys(died).length} different points (before, in the middle of, or after a step).`,
    `Of the ${points.length} points in an order's path (${path.length} kinds of steps), died at ${missed.length === 0 ? 'all' : `${points.length - missed.length}; not ${missed.join(', ')}`}.`,
    ...(beside.length === 0 ? [] : [`Other steps seen and never died at: ${beside.join(', ')}.`]),
  ].join('\n');
}

/** The report of a run that took so many ms; `points`: where it could die. */
export function reportOf(tally: Tally, ms: number, points: Points): string {
  const { histories, purchases, lives, steps, checks, violations } = tally;
  const rows = PROMISES.map(([promise, attacks, unit], i) =>
    row([
      `${i + 1}.`,
      promise,
      attacks,
      `${count(checks[i] ?? 0)} ${unit}`,
      violations.filter((one) => one.promise === i + 1).length,
    ]),
  );
  return [
    row(['', 'promise', 'attacked by', 'tested', 'violations']),
    row(['---', '---', '---', '---:', '---:']),
    ...rows,
    '',
    `${count(histories)} histories, ${count(purchases)} purchases, ${count(lives)} lives of the bot, ${count(steps)} steps, in ${Math.round(ms / 1000)} s.`,
    coverage(tally, points),
    ...violations
      .slice(0, 10)
      .map(({ seed, promise, what }) => `seed ${seed} breaks promise ${promise}: ${what}`),
  ].join('\n');
}

/** Without the lines that say, a little later, what one of the last few said. */
function withoutEchoes(lines: readonly string[]): readonly string[] {
  const said = lines.map((line) => line.slice(10).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));
  return lines.filter((_, i) => !said.slice(Math.max(0, i - 4), i).includes(said[i] ?? ''));
}

/** The story of one history, with the command that plays it again. */
export function storyOf(seed: number, { plan, violation, story, tries }: Told, store: StoreKind): string {
  const told = withoutEchoes(
    story.filter((line) => !/MyCommands|sendChatAction/.test(line)).map((line) => line.slice(0, 240)),
  );
  const { acts, net, disk, database, crashes, stops, stale, blocked, ...rest } = plan;
  const facts = { acts, net, disk, database, crashes, stops, stale, blocked };
  return [
    ...(violation === undefined
      ? [`Seed ${seed} keeps every promise.`]
      : [
          `Seed ${seed} breaks promise ${violation.promise}: ${violation.what}`,
          `Made small in ${tries} tries:`,
        ]),
    ...Object.entries(facts).flatMap(([name, list]) =>
      list.map((one) => `  ${name}: ${JSON.stringify(one)}`),
    ),
    `  ${JSON.stringify(rest)}`,
    '',
    ...told,
    '',
    `Play it again: npm run prove -- ${store === 'postgres' ? '--store postgres ' : ''}--seed ${seed}`,
  ].join('\n');
}

export interface MutantRow {
  readonly name: string;
  readonly histories: number;
  readonly violation: (Violation & { readonly seed: number }) | undefined;
}

/** Which safeguards were missed when they were taken out, and how soon. */
export function mutantTable(rows: readonly MutantRow[], withHead: boolean): string {
  const head = [row(['safeguard taken out', 'caught after', 'by']), row(['---', '---:', '---'])];
  const lines = rows.map(({ name, histories, violation }) =>
    row([
      name,
      violation === undefined ? `not in ${count(histories)}` : count(histories),
      violation === undefined
        ? ''
        : `promise ${violation.promise}, seed ${violation.seed}: ${violation.what}`,
    ]),
  );
  return [...(withHead ? head : []), ...lines].join('\n');
}
