// What owners must hear of, once when it begins and once when it ends: the provider refuses us or does not answer, the
// shop's credit is low or does not reach; and, once a day, prices at which nothing can be sold. What they have heard is
// kept by told-troubles.ts. Orders carry their own alerts (domain/order-alert.ts).

import { isClearOf, type AccessFlaw } from '../domain/incident.ts';
import type { Centimes } from '../domain/money.ts';
import { isSettledState, type Order } from '../domain/order.ts';
import { ruleAsTyped } from '../domain/pricing.ts';
import type { OwnerAlert, Terms } from '../domain/report.ts';
import type { House } from '../domain/shop.ts';
import { ProviderFault, type Clock, type Priority, type Store, type Topups } from './ports.ts';
import type { Pulse } from './pulse.ts';
import { ALONE, type Claims } from './sharing.ts';
import { createToldTroubles } from './told-troubles.ts';

/** Without a usable answer for so long, the provider is down. */
export const DOWN_AFTER_MS = 3 * 60_000;
/** The shop's credit is looked at so often, while somebody waits to hear of it. */
export const CREDIT_EVERY_MS = 5 * 60_000;
const CHECK_EVERY_MS = 30_000;
/** Prices at which nothing can be sold are told again when buyers are still turned away then. */
const UNSOLD_AGAIN_MS = 24 * 3_600_000;
/** A process that shows no sign of life for so long is followed by another: an alert told twice is better than none. */
const CLAIM_MS = 4 * CHECK_EVERY_MS;

export interface IncidentWatch {
  /** Looks whether something has begun or ended; one look at a time. Never throws. */
  check(): Promise<void>;
  /** An order moved: when it is settled, the shop's credit is looked at with the next check. */
  changed(order: Order): void;
  /** The provider takes no request any more. */
  refused(flaw: AccessFlaw): void;
  /** A buyer was turned away because the shop's credit does not reach for this cost. */
  shopShort(cost: Centimes): void;
  /** A buyer was turned away because at these terms everything in stock would go below cost. */
  unsold(terms: Terms): void;
  /** Whether it is this process that tells owners when the store, and with it every claim, is away. */
  speaks(): boolean;
  start(): void;
  stop(): void;
}

export function createIncidents(deps: {
  store: Store;
  topups: Pick<Topups, 'halted'>;
  /** What the shop may still spend. Throws ProviderFault. */
  credit: (priority: Priority) => Promise<Centimes>;
  house: () => Promise<House>;
  pulse: Pick<Pulse, 'silentSince' | 'answers'>;
  /** False when nobody could be told yet. */
  tell: (alert: OwnerAlert) => Promise<boolean>;
  /** Without them this process is the only one. */
  claims?: Claims | undefined;
  clock: Clock;
  failed: (error: unknown) => void;
}): IncidentWatch {
  const { topups, credit, house, pulse, claims = ALONE, clock, failed } = deps;
  const claim = (name: string): Promise<boolean> => claims.claim(`incident:${name}`, CLAIM_MS);
  const told = createToldTroubles({ store: deps.store, tell: deps.tell, claim, clock, failed });
  const { troubles, keep, say } = told;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let speaks = deps.claims === undefined;
  let creditAt = -Infinity;
  let flaw: AccessFlaw | undefined;
  /** The dearest purchase that was turned away in this life. */
  let turnedAway: Centimes | undefined;
  /** Prices at which buyers were turned away since the last look. */
  const refusing = new Map<string, Terms>();

  /** Another process told of the end: who was turned away before it is no news. */
  async function catchUp(): Promise<void> {
    if ((await told.catchUp()).includes('short')) turnedAway = undefined;
  }

  async function speak(): Promise<void> {
    speaks = await claim('the store');
  }

  /** The credit; undefined when there is no answer, which the pulse hears as well. */
  async function ask(): Promise<Centimes | undefined> {
    creditAt = clock();
    try {
      return await credit('worker');
    } catch (error) {
      if (error instanceof ProviderFault) return undefined;
      throw error;
    }
  }

  /** In silence, and to know the end of it, we ask ourselves: one lost answer at night is not taken for an outage. */
  async function listen(): Promise<void> {
    const { access, downSince } = await troubles();
    const isWaiting = access !== null || downSince !== null || pulse.silentSince() !== undefined;
    if (isWaiting && !pulse.answers() && !topups.halted()) await ask();
  }

  async function checkAccess(): Promise<void> {
    const { access } = await troubles();
    if (topups.halted()) {
      if (flaw !== undefined && flaw !== access)
        await say('access', { kind: 'no-access', detail: flaw }, { access: flaw });
    } else if (access !== null && pulse.answers())
      await say('access', { kind: 'access-back' }, { access: null });
  }

  async function checkProvider(): Promise<void> {
    if (topups.halted()) return;
    const { downSince } = await troubles();
    const since = pulse.silentSince();
    if (downSince !== null) {
      if (pulse.answers())
        await say('provider', { kind: 'provider-back', since: downSince }, { downSince: null });
    } else if (since !== undefined && clock() - since >= DOWN_AFTER_MS)
      await say('provider', { kind: 'provider-down', since }, { downSince: since });
  }

  async function checkTurnedAway(): Promise<void> {
    const { short } = await troubles();
    if (turnedAway === undefined) return;
    if (short === null) await say('short', { kind: 'shop-short' }, { short: turnedAway });
    else if (turnedAway > short) await keep({ short: turnedAway });
  }

  async function checkUnsold(): Promise<void> {
    for (const [price, terms] of refusing) {
      const { unsold } = await troubles();
      const isLate = (at: number): boolean => clock() - at < UNSOLD_AGAIN_MS;
      const heard = Object.fromEntries(Object.entries(unsold).filter(([, at]) => isLate(at)));
      if (heard[price] === undefined)
        await say(`unsold:${price}`, { kind: 'unsold', terms }, { unsold: { ...heard, [price]: clock() } });
      if ((await troubles()).unsold[price] !== undefined) refusing.delete(price);
    }
  }

  async function checkThreshold(now: Centimes, threshold: Centimes): Promise<void> {
    const { creditLow } = await troubles();
    if (!creditLow && now < threshold)
      await say('credit', { kind: 'credit-low', credit: now, threshold }, { creditLow: true });
    if (creditLow && isClearOf(threshold, now))
      await say('credit', { kind: 'credit-back', credit: now, threshold }, { creditLow: false });
  }

  async function checkShort(now: Centimes, short: Centimes): Promise<void> {
    if (!isClearOf(short, now)) return;
    turnedAway = undefined;
    await say('short', { kind: 'shop-back', credit: now }, { short: null });
  }

  async function checkCredit(): Promise<void> {
    if (topups.halted()) return;
    const [{ threshold }, { creditLow, short }] = [await house(), await troubles()];
    if (threshold === null && creditLow) await keep({ creditLow: false });
    const isAwaited = threshold !== null || short !== null;
    if (!isAwaited || clock() - creditAt < CREDIT_EVERY_MS) return;
    const now = await ask();
    if (now === undefined) return;
    if (threshold !== null) await checkThreshold(now, threshold);
    if (short !== null) await checkShort(now, short);
  }

  async function checkAll(): Promise<void> {
    for (const look of [
      catchUp,
      speak,
      listen,
      checkAccess,
      checkProvider,
      checkTurnedAway,
      checkUnsold,
      checkCredit,
    ])
      await look().catch(failed);
  }

  const check = (): Promise<void> => (running ??= checkAll().finally(() => (running = undefined)));
  /** A check that is under way may have looked already. */
  const checkSoon = (): void => void check().then(check);

  return {
    check,
    changed: ({ state }) => {
      if (isSettledState(state)) creditAt = -Infinity;
    },
    refused: (detail) => {
      flaw = detail;
      checkSoon();
    },
    shopShort: (cost) => {
      if (turnedAway !== undefined && cost <= turnedAway) return;
      turnedAway = cost;
      checkSoon();
    },
    unsold: (terms) => {
      const price = `${terms.own?.id ?? terms.role}:${ruleAsTyped(terms.rule)}`;
      if (refusing.has(price)) return;
      refusing.set(price, terms);
      checkSoon();
    },
    speaks: () => speaks,
    start: () => {
      speak().catch(failed);
      timer = setInterval(() => void check(), CHECK_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}
