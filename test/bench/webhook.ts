// How soon a call of Telegram's is answered while a crowd buys, seen from in front of the bot's port: until then Telegram
// brings nothing more of that chat. On a folder and on PostgreSQL.

import { once } from 'node:events';
import { join } from 'node:path';
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

/** One process, with its shop in the folder or in the database that the settings name. */
async function answers(storage: Readonly<Record<string, string>>): Promise<Answers> {
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

function measured(where: string, { took, refused, load }: Answers): Measured {
  const p99 = quantile(took, 0.99);
  const row: Row = {
    what: `a call of the webhook answered, 99 of 100, ${PEOPLE} people buying, ${where}`,
    ours: millis(p99),
    against: `${TARGET_MS} ms`,
    ratio: fixed(p99 / TARGET_MS, 2),
    target: '≤ 1',
    met: p99 <= TARGET_MS && refused === 0,
  };
  const note = `${where}: ${took.length} calls in 20 s, ${refused} refused; half within ${millis(quantile(took, 0.5))}, 95 of 100 within ${millis(quantile(took, 0.95))}, the longest ${millis(quantile(took, 1))}; ${fixed(load.perSecond, 1)} purchases a second by ${fixed(load.busy * 100, 0)} % of a core.`;
  return { rows: [row], notes: [note] };
}

export const webhook: Figure = {
  name: 'webhook',
  measure: async () => {
    const folder = measured('in a folder', await answers({}));
    const database = await onPostgres(async (server) =>
      measured('on PostgreSQL', await answers({ DATABASE_URL: await server.database('called'), CARD_KEY })),
    );
    const { rows, notes } = database ?? { rows: [], notes: [NOT_MEASURED] };
    return { rows: [...folder.rows, ...rows], notes: [...folder.notes, ...notes] };
  },
};
