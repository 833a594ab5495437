// The moments at which a bot can be killed: every request it makes and every change it makes on disk, under names that
// are the same from run to run.

import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Counter } from '../process/bot-process.ts';

export type Phase = 'before' | 'half' | 'after';

/** `before` a request is carried out or a change made, `half`way through a write, or `after` it but unheard of. */
export interface Point {
  readonly place: 'telegram' | 'provider' | 'disk';
  /** What and the how many-eth of its kind, like `sendMessage#2` or `rename orders.json#3`. */
  readonly name: string;
  readonly phase: Phase;
  /** States of the orders in the write that this belongs to. */
  readonly states: string;
}

export const nameOfPoint = ({ place, name, phase, states }: Point): string =>
  `${phase} ${place} ${name}${states === '' ? '' : ` (${states})`}`;

export const isSamePoint = (a: Point, b: Point): boolean =>
  a.place === b.place && a.name === b.name && a.phase === b.phase;

/** Of polls that repeat without end, the first ones of each kind stand for all. */
const POLLS = 2;
/** Said at every start, whatever is bought. */
const BESIDE_THE_PURCHASE = new Set(['setMyCommands', 'getMyCommands', 'deleteMyCommands']);

function counting() {
  const counts = new Map<string, number>();
  return (name: string): number => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

function pollNames(counter: Counter) {
  let confirmed: unknown;
  return (payload: Readonly<Record<string, unknown>>, phase: Phase): string => {
    if (phase === 'after')
      return counter.telegram.pendingUpdates().length > 0 ? 'getUpdates with updates' : 'getUpdates empty';
    const isConfirming = payload['offset'] !== undefined && payload['offset'] !== confirmed;
    confirmed = payload['offset'];
    if (isConfirming) return 'getUpdates that confirms';
    return Number(payload['timeout'] ?? 0) > 0 ? 'getUpdates at rest' : 'getUpdates at work';
  };
}

/** Tells `meet` of every request from now on; it says whether it has killed the bot there. Returns the way to stop. */
export function watchNetwork(counter: Counter, meet: (point: Point) => Promise<boolean>): () => void {
  const { telegram, provider } = counter;
  const next = counting();
  const pollName = pollNames(counter);
  const arrive = async (
    place: Point['place'],
    bare: string,
    phase: Phase,
    most = Infinity,
  ): Promise<boolean> => {
    const count = next(`${place} ${phase} ${bare}`);
    return count <= most && (await meet({ place, name: `${bare}#${count}`, phase, states: '' }));
  };
  const stopTelegram = telegram.onRequest(async ({ method, payload, phase }) => {
    if (BESIDE_THE_PURCHASE.has(method)) return undefined;
    const isPoll = method === 'getUpdates';
    const bare = isPoll ? pollName(payload, phase) : method;
    const isKilled = await arrive('telegram', bare, phase, isPoll ? POLLS : Infinity);
    return isKilled && phase === 'before' ? 'drop' : undefined;
  });
  const stopProvider = provider.onRequest(async ({ method, path, phase }) => {
    const bare = `${method} ${path.replace(/(check-(?:id|ref))\/.*/, '$1')}`;
    const isKilled = await arrive('provider', bare, phase);
    // A hook that throws keeps the request from being carried out; nobody is left to hear the error.
    if (isKilled && phase === 'before') throw new Error('killed before it was carried out');
  });
  return () => {
    stopTelegram();
    stopProvider();
  };
}

const diskLine = z.union([
  z.object({
    killed: z.literal(true),
    name: z.string(),
    phase: z.enum(['before', 'half', 'after']),
    states: z.string(),
  }),
  z.object({ name: z.string(), states: z.string(), halves: z.boolean() }),
]);

export interface DiskLog {
  /** Every point of every operation, in the order of the operations. */
  readonly points: readonly Point[];
  readonly killedAt: Point | undefined;
}

/** The file that an operation is about, without what tells its copies apart; the folder's sync belongs to the write before. */
function subjectOf(name: string, before: string): string {
  const file = /^\S+ (\S+)#\d+$/.exec(name)?.[1] ?? name;
  return file === 'folder' ? before : file.replace(/\.(?:tmp|prev)$/, '');
}

/** Reads what kill-on-disk.ts wrote down; nothing when the bot never got that far. */
export function readDiskLog(path: string): DiskLog {
  const points: Point[] = [];
  let killedAt: Point | undefined;
  let subject = '';
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  for (const text of lines) {
    const line = diskLine.parse(JSON.parse(text));
    const { name, states } = line;
    if ('killed' in line) killedAt = { place: 'disk', name, phase: line.phase, states };
    else {
      const next = subjectOf(name, subject);
      // Before a step is after the step before it, unless something else came between.
      const phases: Phase[] = next === subject ? [] : ['before'];
      subject = next;
      phases.push(...(line.halves ? (['half', 'after'] as const) : (['after'] as const)));
      points.push(...phases.map((phase): Point => ({ place: 'disk', name, phase, states })));
    }
  }
  return { points, killedAt };
}
