// `npm run prove:kills -- --kills 120 --seed 7`: kills the real bot again and again while fifty people use it, and says
// what became of their orders and their money. The seed draws who does what and when the bot is killed; the machine's
// own pace decides the rest, so that a seed tells where to look rather than repeating itself to the byte.

import { parseArgs } from 'node:util';
import { runKills, type KillReport } from './kills.ts';

const MOST_STORIES = 5;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '50' },
  },
});

const listOf = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${count} ${name}`).join(', ');

function tell(report: KillReport): void {
  const { kills, orders, violations } = report;
  const moments = Map.groupBy(kills, ({ moment }) => moment.at);
  console.log(
    `seed ${report.seed}: ${kills.length} kills, ${report.people} people, ${report.seconds.toFixed(0)} s, of them ${report.killing.toFixed(0)} s until the last kill`,
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
  console.log(`confirmed without an order: ${listOf(report.without.entries())}`);
  console.log(`violations: ${violations.length}`);
  for (const story of violations.slice(0, MOST_STORIES)) console.log(`\n${story}`);
  if (violations.length === 0) return;
  console.log(`\nthe last kills: ${JSON.stringify(kills.slice(-5))}`);
  console.log(`again: npm run prove:kills -- --kills ${kills.length} --seed ${report.seed}`);
}

const report = await runKills({
  kills: Number(values.kills),
  seed: Number(values.seed),
  people: Number(values.people),
  progress: (kills) => process.stderr.isTTY && process.stderr.write(`\r${kills} of ${values.kills} kills `),
});
tell(report);
process.exitCode = report.violations.length === 0 ? 0 : 1;
