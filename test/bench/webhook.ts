// How soon a call of Telegram's is answered while a crowd buys, seen from in front of the bot's port: until then Telegram
// brings nothing more of that chat. On a folder and on PostgreSQL.

import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { freePort } from '../store/postgres/server.ts';
import { CARD_KEY } from './books.ts';
import { fixed, quantile, type Figure, type Measured, type Row } from './figure.ts';
import { measureLoad, type Load } from './load.ts';
import { NOT_MEASURED, onPostgres } from './postgres.ts';
import { openShop, UNLIMITED } from './shop.ts';

const METER = join(import.meta.dirname, 'meter-thread.ts');
const PEOPLE = 200;
const TARGET_MS = 50;
/** From one purchase of a person to the next, ms: people read, and have their money counted. */
const PAUSE_MS = 20_000;

const answerShape = z.object({ ms: z.number(), status: z.int() });
type Answer = z.infer<typeof answerShape>;

/** Listens for calls and hands them on; `heard` is told of each answer. */
async function startMeter(to: number, heard: (answer: Answer) => void) {
  const port = await freePort();
  const thread = new Worker(METER, { workerData: { port, to } });
  await once(thread, 'message');
  thread.on('message', (told: unknown) => heard(answerShape.parse(told)));
  return { url: `http://127.0.0.1:${port}`, close: () => thread.terminate() };
}

interface Answers {
  readonly took: readonly number[];
  readonly refused: number;
  readonly load: Load;
}

/** One process, with its shop in the folder or in the database that the settings name. `pauseMs`: on average. */
async function answers(storage: Readonly<Record<string, string>>, pauseMs: number): Promise<Answers> {
  const port = await freePort();
  const told: Answer[] = [];
  let isCounting = false;
  const meter = await startMeter(port, (answer) => isCounting && told.push(answer));
  const shop = await openShop({ people: PEOPLE, env: { ...UNLIMITED, ...storage, WEBHOOK_URL: meter.url } });
  try {
    const { crowd } = shop;
    const { pid } = await shop.open('real', { port });
    const load = await measureLoad({
      ...{ crowd, pids: [pid], warmMs: 10_000, measureMs: 20_000 },
      edge: () => (isCounting = !isCounting),
      round: async (person, done) => {
        await rest(2 * pauseMs * Math.random());
        await crowd.buy(person);
        done();
      },
    });
    const refused = told.filter(({ status }) => status !== 200).length;
    return { took: told.map(({ ms }) => ms), refused, load };
  } finally {
    await shop.close();
    await meter.close();
  }
}

const millis = (ms: number): string => `${fixed(ms, 1)} ms`;

function measured(where: string, pace: string, { took, refused, load }: Answers): Measured {
  const p99 = quantile(took, 0.99);
  const row: Row = {
    what: `a call of the webhook answered, 99 of 100, ${PEOPLE} people ${pace}, ${where}`,
    ours: millis(p99),
    against: `${TARGET_MS} ms`,
    ratio: fixed(p99 / TARGET_MS, 2),
    target: '≤ 1',
    met: p99 <= TARGET_MS && refused === 0,
  };
  const note = `${where}, ${pace}: ${took.length} calls in 20 s, ${refused} refused; half within ${millis(quantile(took, 0.5))}, 95 of 100 within ${millis(quantile(took, 0.95))}, the longest ${millis(quantile(took, 1))}; ${fixed(load.perSecond, 1)} purchases a second by ${fixed(load.busy * 100, 0)} % of a core.`;
  return { rows: [row], notes: [note] };
}

const PACES = [
  { pace: `buying every ${PAUSE_MS / 1_000} s each`, pauseMs: PAUSE_MS },
  { pace: 'buying without a pause', pauseMs: 0 },
];

async function inAllPaces(
  where: string,
  storage: () => Promise<Readonly<Record<string, string>>>,
): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const { pace, pauseMs } of PACES)
    all.push(measured(where, pace, await answers(await storage(), pauseMs)));
  return all;
}

export const webhook: Figure = {
  name: 'webhook',
  measure: async () => {
    const folder = await inAllPaces('in a folder', () => Promise.resolve({}));
    let databases = 0;
    const database = await onPostgres((server) =>
      inAllPaces('on PostgreSQL', async () => ({
        DATABASE_URL: await server.database(`called_${(databases += 1)}`),
        CARD_KEY,
      })),
    );
    const all = [...folder, ...(database ?? [])];
    return {
      rows: all.flatMap(({ rows }) => rows),
      notes: [...all.flatMap(({ notes }) => notes), ...(database === undefined ? [NOT_MEASURED] : [])],
    };
  },
};
