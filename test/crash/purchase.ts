// One purchase with kills in it: a person buys while the bot is killed and started again on the same folder, until the
// purchase has ended; then everything is said that is not as it must be.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_SENDS } from '../../src/domain/schedule.ts';
import { openCounter, OWNER, OWNERS, type Counter } from '../process/bot-process.ts';
import { live, SPEED, type Life, type Stage } from './life.ts';
import { createPerson, type Wish } from './person.ts';
import type { Point } from './points.ts';
import { faultsOf, transcriptOf, type Ending } from './verdict.ts';

export interface Scenario extends Wish {
  readonly ending: Ending;
  /** The number itself loses the first try. */
  readonly losesATry?: boolean;
}

/** What else happens while the bot is dead. */
export type Accident = (counter: Counter) => void;

export interface Outcome {
  readonly lives: readonly Life[];
  /** What is wrong, one sentence each; nothing when all is well. */
  readonly faults: readonly string[];
  readonly ending: Ending;
  readonly transcript: string;
  /** Every message of each of the other owners' chats. */
  readonly ownersTold: readonly (readonly string[])[];
}

/** Buys once; `kills` names one point for each life but the last. The accident comes after the first of them. */
export async function purchase(
  scenario: Scenario,
  kills: readonly Point[] = [],
  accident?: Accident,
): Promise<Outcome> {
  const epoch = Date.now();
  const now = (): number => epoch + (Date.now() - epoch) * SPEED;
  const counter = await openCounter({
    provider: { now, defaultDelayMs: 3_000 },
    env: { ONECLICK_RATE: '500', ONECLICK_BURST: '500', DEFAULT_LANGUAGE: 'en' },
  });
  const notes = mkdtempSync(join(tmpdir(), 'crash-'));
  const stage: Stage = { counter, epoch, notes, person: createPerson(counter, scenario) };
  const lives: Life[] = [];
  const faults: string[] = [];
  let { ending } = scenario;
  try {
    for (const [i, kill] of [...kills, undefined].entries()) {
      lives.push(await live(stage, { life: i, kill }));
      if (i === 0) accident?.(counter);
    }
    ending = endingOf(counter, scenario, kills.length);
    faults.push(...(await faultsOf(counter, ending)));
    if (stage.person.askedAgain() > 0) faults.push('the person had to ask again');
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  } finally {
    stage.person.leave();
  }
  const outcome = {
    lives,
    faults,
    ending,
    transcript: transcriptOf(counter),
    ownersTold: ownersTold(counter),
  };
  await counter.close();
  rmSync(notes, { recursive: true, force: true });
  return outcome;
}

/** Both tries lost, to kills or to the number itself, with nothing accepted: then the order was an owner's to settle. */
function endingOf({ provider }: Counter, { ending, losesATry = false }: Scenario, kills: number): Ending {
  const lost = kills + (losesATry ? 1 : 0);
  return lost >= MAX_SENDS && provider.orders().length === 0 ? 'given back' : ending;
}

const ownersTold = ({ telegram }: Counter): Outcome['ownersTold'] =>
  OWNERS.filter(({ id }) => id !== OWNER).map(({ id }) => telegram.messages(id).map(({ text }) => text));
