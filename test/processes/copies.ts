// Several bots on one database, of which every few seconds one is killed and started again while the others go on: at a
// request on its way to the provider or to Telegram, while it starts, or simply after a while. Now and then one is frozen, as
// a machine is that swaps or moves: it wakes when all that it had is somebody else's, goes on, and is killed a little later.

import { setTimeout as rest } from 'node:timers/promises';
import { LEASE_SECONDS } from '../../src/store/postgres/leases.ts';
import { openBalancer, type Balancer } from '../process/balancer.ts';
import type { BotProcess } from '../process/bot-process.ts';
import type { Chance } from '../prove/chance.ts';
import { freePort } from '../store/postgres/server.ts';
import { ARRIVES, lieInWait, LONGEST_MS, type Lives, type Moment, type UnderWay } from './lives.ts';
import type { SharedStorehouse } from './shared-storehouse.ts';
import { printed, type Town } from './town.ts';

interface Copy {
  readonly place: number;
  readonly life: number;
  readonly name: string;
  readonly bot: BotProcess;
  readonly began: number;
  /** Resolves when people are served. */
  readonly opened: Promise<boolean>;
}

export interface CopiesOptions {
  readonly town: Town;
  readonly storehouse: Pick<SharedStorehouse, 'holderOf'>;
  readonly copies: number;
  /** Telegram is asked for the updates, by one of them, instead of bringing them to all. */
  readonly polling: boolean;
}

/** From the last kill, or from when all of them are open again. */
const REST_MS = { least: 500, most: 3_000 };
const LEASE_MS = LEASE_SECONDS * 1_000;
/** Beyond its lease, and what it then still lives, ms. */
const FROZEN_MS = { least: 500, most: 8_000 };
const AWAKE_MS = { least: 200, most: 3_000 };

/** For so long it is frozen, and so long it lives on. */
interface Frost {
  readonly ms: number;
  readonly awakeMs: number;
}

type Stroke =
  | { readonly kind: 'newest'; readonly moment: Moment }
  | { readonly kind: 'any'; readonly moment: Moment; readonly frost?: Frost };

/** When the next one is to be killed: the newest while it starts, or any at its daily work. */
function drawStroke(chance: Chance): Stroke {
  if (chance.often(0.2))
    return { kind: 'newest', moment: { from: 'start', at: 'time', ms: chance.whole(20, 1_500) } };
  const from = chance.whole(REST_MS.least, REST_MS.most);
  const before = chance.often(0.5);
  if (chance.often(0.12)) {
    const ms = LEASE_MS + chance.whole(FROZEN_MS.least, FROZEN_MS.most);
    const frost = { ms, awakeMs: chance.whole(AWAKE_MS.least, AWAKE_MS.most) };
    return { kind: 'any', moment: { from, at: 'telegram', count: chance.whole(1, 60), before: true }, frost };
  }
  const draw = chance.next();
  if (draw < 0.3) return { kind: 'any', moment: { from, at: 'time', ms: 0 } };
  if (draw < 0.55)
    return { kind: 'any', moment: { from, at: 'telegram', count: chance.whole(1, 60), before } };
  return { kind: 'any', moment: { from, at: 'send', count: chance.whole(1, 3), before } };
}

/** Ends it in the middle of whatever it does, at once or after a sleep. Resolves to the moment of its end, epoch ms. */
async function strike({ bot }: Copy, frost: Frost | undefined): Promise<number> {
  if (frost !== undefined) {
    bot.child.kill('SIGSTOP');
    await rest(frost.ms);
    bot.child.kill('SIGCONT');
    await rest(frost.awakeMs);
  }
  const at = Date.now();
  await bot.kill();
  return at;
}

/** So many at once from now on. */
export async function openCopies({ town, storehouse, copies, polling }: CopiesOptions): Promise<Lives> {
  const ports = await Promise.all(Array.from({ length: copies }, freePort));
  const balancer: Balancer | undefined = polling ? undefined : await openBalancer(ports);
  const said: (() => string)[] = [];
  const condemned = new Set<Copy>();
  let life = 0;
  let killedAt = 0;
  let fallen: string | undefined;

  function begin(place: number): Copy {
    life += 1;
    const name = `life-${life}`;
    const door = balancer && { WEBHOOK_URL: balancer.url };
    const bot = town.start({ PGAPPNAME: name, PORT: String(ports[place]), ...door });
    said.push(() => bot.output());
    const opened = printed(bot, 'the counter is open');
    // Whoever waits for it hears of it; often nobody does.
    opened.catch(() => undefined);
    const copy: Copy = { place, life, name, bot, opened, began: performance.now() };
    void bot.ended.then((how) => {
      if (!condemned.has(copy))
        fallen ??= `${name} ended by itself (${String(how)}):\n${bot.output().slice(-3_000)}`;
    });
    return copy;
  }

  const living = ports.map((_, place) => begin(place));
  let newest = living[0];

  function check(): void {
    if (fallen !== undefined) throw new Error(fallen);
  }

  async function allOpen(): Promise<void> {
    await Promise.all(living.map(({ opened }) => opened));
    check();
  }

  /** The one whose request it is, as far as anybody knows. */
  async function victimOf({ ref }: UnderWay, drawn: number): Promise<Copy | undefined> {
    const name = ref === undefined ? undefined : await storehouse.holderOf(ref);
    return living.find((copy) => copy.name === name) ?? living[drawn];
  }

  function struck(stroke: Stroke, drawn: number): Promise<{ victim: Copy; what: string }> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const kill = async (underWay: UnderWay): Promise<typeof ARRIVES | undefined> => {
        if (isOver) return undefined;
        isOver = true;
        clearTimeout(late);
        stop();
        const victim = stroke.kind === 'newest' ? newest : await victimOf(underWay, drawn);
        if (victim === undefined) throw new TypeError('there is nobody to kill');
        condemned.add(victim);
        const frost = stroke.kind === 'any' ? stroke.frost : undefined;
        killedAt = await strike(victim, frost);
        resolve({ victim, what: underWay.what });
        return frost && ARRIVES;
      };
      const struckBy = (underWay: UnderWay) =>
        kill(underWay).catch((error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
          return undefined;
        });
      const late = setTimeout(() => void struckBy({ what: 'nothing of the kind' }), LONGEST_MS);
      const stop = lieInWait(town, stroke.moment, struckBy);
    });
  }

  return {
    output: () => said.map((output) => output()).join('\n'),
    kill: async (chance) => {
      const stroke = drawStroke(chance);
      const drawn = chance.whole(0, copies - 1);
      const { moment } = stroke;
      if (moment.from !== 'start') {
        await allOpen();
        await rest(moment.from);
      }
      const { victim, what } = await struck(stroke, drawn);
      check();
      const { life: number, name, began } = victim;
      const at = killedAt;
      newest = living[victim.place] = begin(victim.place);
      const frozen = stroke.kind === 'any' && stroke.frost !== undefined;
      return { life: number, name, moment, frozen, what, at, afterMs: Math.round(performance.now() - began) };
    },
    last: async () => {
      await allOpen();
      // Whatever the last of the killed had in its hands is anybody's by then.
      await rest(Math.max(0, killedAt + LEASE_MS - Date.now()));
      check();
      for (const copy of living) condemned.add(copy);
      return living.map(({ bot }) => bot);
    },
    close: async () => balancer?.close(),
  };
}
