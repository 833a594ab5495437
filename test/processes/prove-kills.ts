// `npm run prove:kills -- --kills 120 --seed 7`: kills the real bot again and again while fifty people use it, and says
// what became of their orders and their money; with `--copies 3` that many bots on one database, of which one after the
// other is killed while two hundred people use them, and Telegram brings the updates (with `--polling` it is asked for
// them). The seed draws who does what and when the bot is killed; the machine's own pace decides the rest, so that a seed
// tells where to look rather than repeating itself to the byte.

import { parseArgs } from 'node:util';
import { findPostgres, startPostgres } from '../store/postgres/server.ts';
import { runKills, type KillReport, type KillRun } from './kills.ts';

const MOST_STORIES = 5;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    people: { type: 'string' },
    copies: { type: 'string' },
    polling: { type: 'boolean', default: false },
  },
});
const usual = values.copies === undefined ? { kills: 120, people: 50 } : { kills: 40, people: 200 };
const kills = Number(values.kills ?? usual.kills);

const listOf = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${count} ${name}`).join(', ');

/** `sorted`: ms, the shortest first. */
function spanOf(sorted: readonly number[]): string {
  const [half = 0, last = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
  return `half of them within ${(half / 1_000).toFixed(1)} s, the last after ${(last / 1_000).toFixed(1)} s`;
}

function tellTakeovers({ takeovers, waits }: KillReport): void {
  if (values.copies === undefined) return;
  const taken = takeovers.map(({ ms }) => ms).sort((a, b) => a - b);
  const lives = new Set(takeovers.map(({ life }) => life));
  console.log(`taken over: ${taken.length} orders of ${lives.size} killed processes, ${spanOf(taken)}`);
  console.log(`updates: ${waits.length} handled, ${spanOf(waits)}`);
}

function tell(report: KillReport): void {
  const { orders, violations } = report;
  const moments = Map.groupBy(
    report.kills,
    ({ moment, frozen }) => `${moment.at}${frozen ? ', frozen before' : ''}`,
  );
  console.log(
    `seed ${report.seed}: ${report.kills.length} kills, ${report.people} people, ${report.seconds.toFixed(0)} s, of them ${report.killing.toFixed(0)} s until the last kill`,
  );
  console.log(`killed at: ${listOf([...moments].map(([at, group]) => [at, group.length] as const))}`);
  console.log(`orders: ${listOf(Object.entries(orders))}; ${report.inGroup} of them in the group`);
  console.log(
    `confirmed: ${report.confirmed} purchases, ${report.again} presses more on the same; ${report.movements} movements of money`,
  );
  console.log(`said and pressed: ${report.words} texts, ${report.presses} presses`);
  console.log(
    `answers lost: ${report.doubted} purchases looked up, ${report.sentAgain} sent again, ${report.judged} judged by an owner`,
  );
  tellTakeovers(report);
  console.log(`logged as errors: ${listOf(report.errors)}`);
  console.log(`confirmed without an order: ${listOf(report.without)}`);
  console.log(`violations: ${violations.length}`);
  for (const story of violations.slice(0, MOST_STORIES)) console.log(`\n${story}`);
  if (violations.length === 0) return;
  console.log(`\nthe last kills: ${JSON.stringify(report.kills.slice(-5))}`);
  console.log(`again: npm run prove:kills -- ${process.argv.slice(2).join(' ')}`);
}

const day: KillRun = {
  kills,
  seed: Number(values.seed),
  people: Number(values.people ?? usual.people),
  progress: (done) => process.stderr.isTTY && process.stderr.write(`\r${done} of ${kills} kills `),
};

/** The same with several bots on a server of their own. */
async function playTogether(copies: number): Promise<KillReport> {
  const programs = await findPostgres();
  if (programs === undefined) throw new Error('NOT TESTED: there is no PostgreSQL on this machine');
  const server = await startPostgres(programs);
  try {
    return await runKills({ ...day, shared: { copies, server: server.url, polling: values.polling } });
  } finally {
    await server.close();
  }
}

const report = await (values.copies === undefined ? runKills(day) : playTogether(Number(values.copies)));
tell(report);
process.exitCode = report.violations.length === 0 ? 0 : 1;
