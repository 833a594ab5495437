// What goes wrong around the people of a history: on the network, on the disk, at the provider, and with the program's life.

import type { Chance } from './chance.ts';
import type { StatementFault } from './database-session.ts';
import type { Death, Phase } from './memory-disk.ts';
import type { NetFault } from './network-calls.ts';
import { phasesOf, type Points } from './points.ts';

/** How the provider goes on with what it accepted, in the order of acceptance. Ms after acceptance. */
export type Course =
  | { readonly end: 'fulfilled'; readonly after: number; readonly codeless?: boolean }
  | { readonly end: 'refunded'; readonly after: number }
  | { readonly end: 'queued'; readonly after: number; readonly then: 'fulfilled' | 'refunded' }
  /** It contradicts itself: delivered and then refunded, or the other way round. */
  | { readonly end: 'taken-back' | 'given-after-all'; readonly after: number; readonly later: number }
  | { readonly end: 'odd'; readonly word: string; readonly after: number };

/** Between two moments (ms from the beginning) so many of the calls whose name begins so go wrong. */
export interface NetTrouble {
  readonly from: number;
  readonly to: number;
  readonly service: 'telegram' | 'provider';
  readonly name: string;
  readonly share: number;
  readonly fault: NetFault;
}

/** `only`: calls whose name holds this. */
export interface DiskTrouble {
  readonly from: number;
  readonly to: number;
  readonly only: string;
  readonly what: 'full' | 'broken' | 'slow';
}

/** Nobody can reach the database, or so many of the statements whose name holds `only` go wrong. */
export type DatabaseTrouble = { readonly from: number; readonly to: number } & (
  | { readonly what: 'away' }
  | {
      readonly what: 'troubled';
      readonly only: string;
      readonly share: number;
      readonly fault: StatementFault;
    }
);

/** The program dies: at the how many-eth step of its life, or of a kind of step. */
export interface Crash {
  readonly death: Death;
  readonly at:
    { readonly step: number } | { readonly name: string; readonly nth: number; readonly phase: Phase };
  readonly downMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function aCourse(draw: Chance): Course {
  const share = draw.next();
  const after = draw.often(0.7) ? draw.whole(1_000, 20_000) : draw.whole(20_000, 4 * MINUTE);
  if (share < 0.62) return { end: 'fulfilled', after, codeless: draw.often(0.1) };
  if (share < 0.8) return { end: 'refunded', after };
  if (share < 0.88)
    return {
      end: 'queued',
      after: draw.whole(12 * HOUR, 48 * HOUR),
      then: draw.often(0.7) ? 'fulfilled' : 'refunded',
    };
  if (share < 0.96)
    return {
      end: draw.often(0.7) ? 'taken-back' : 'given-after-all',
      after,
      later: after + draw.whole(1_000, 10 * MINUTE),
    };
  return { end: 'odd', word: draw.pick(['IN_PROCESS', 'SUSPENDED']), after };
}

/** Longer than the program waits for anything. */
const SLOWEST_MS = 50_000;

function aNetFault(draw: Chance, service: 'telegram' | 'provider'): NetFault {
  const how = draw.pick<NetFault['how']>([
    'lost',
    'unheard',
    'unheard',
    'hang-lost',
    'hang-unheard',
    'html',
    'status',
    'slow',
    'slow',
    'twice',
  ]);
  if (how === 'slow') return { how, ms: draw.whole(2_000, SLOWEST_MS) };
  if (how !== 'status') return { how };
  const status = service === 'provider' && draw.often(0.15) ? 401 : draw.pick([429, 500, 503, 502]);
  const code =
    status === 503 ? draw.pick(['AUTH_UNAVAILABLE', 'SERVICE_UNAVAILABLE']) : 'RATE_LIMIT_EXCEEDED';
  return {
    how,
    status,
    ...(status === 401 ? { code: 'INVALID_ACCESS_TOKEN' } : {}),
    ...(service === 'provider' && (status === 503 || status === 429) ? { code } : {}),
    ...(status === 429 ? { retryAfter: draw.whole(1, service === 'telegram' ? 30 : 60) } : {}),
  };
}

const TELEGRAM_CALLS = [
  '',
  'sendMessage',
  'edit',
  'editMessageText',
  'getUpdates',
  'answerCallbackQuery',
] as const;
const PROVIDER_CALLS = [
  '',
  'POST',
  'POST',
  'POST',
  'GET internet/check-ref',
  'GET internet/check',
  'GET',
  'GET internet/products',
] as const;

export function aNetTrouble(draw: Chance): NetTrouble {
  const service = draw.often(0.65) ? 'provider' : 'telegram';
  const from = draw.whole(0, 2 * MINUTE);
  const to = from + draw.pick([10_000, 60_000, 4 * MINUTE, 12 * MINUTE]);
  const name = service === 'provider' ? draw.pick(PROVIDER_CALLS) : draw.pick(TELEGRAM_CALLS);
  return { from, to, service, name, share: draw.pick([0.2, 0.5, 1]), fault: aNetFault(draw, service) };
}

export function aDiskTrouble(draw: Chance): DiskTrouble {
  const from = draw.whole(0, 3 * MINUTE);
  const only = draw.pick(['', '', 'orders.json', 'month', 'folder', 'conversations.json']);
  return {
    from,
    to: from + draw.pick([500, 10_000, 90_000]),
    only,
    what: draw.pick(['full', 'broken', 'broken', 'slow']),
  };
}

const STATEMENTS = [
  '',
  'commit',
  'commit orders',
  'commit orders',
  'commit orders',
  'commit orders',
  'orders',
  'lanes',
  'begin',
] as const;
const REFUSALS = ['53100', '40001', '40P01', '57014'] as const;

function aStatementFault(draw: Chance): StatementFault {
  const how = draw.pick<StatementFault['how']>([
    ...(['cut-lost', 'cut-lost', 'hang-lost', 'cut-unheard', 'cut-unheard', 'hang-unheard'] as const),
    ...(['refused', 'slow'] as const),
  ]);
  if (how === 'refused') return { how, code: draw.pick(REFUSALS) };
  return how === 'slow' ? { how, ms: draw.whole(500, SLOWEST_MS) } : { how };
}

/** `acts`: when people begin something (ms from the beginning): most of what is worth losing is written soon after. */
export function aDatabaseTrouble(draw: Chance, acts: readonly [number, ...number[]]): DatabaseTrouble {
  const from = draw.often(0.7) ? draw.pick(acts) + draw.whole(0, 8_000) : draw.whole(0, 2 * MINUTE);
  const to = from + draw.pick([2_000, 20_000, 90_000, 4 * MINUTE]);
  if (draw.often(0.15)) return { from, to, what: 'away' };
  return {
    ...{ from, to, what: 'troubled', only: draw.pick(STATEMENTS), share: draw.pick([0.2, 0.5, 0.5, 1]) },
    fault: aStatementFault(draw),
  };
}

/** A kind of step to die at. After the first death it is often one of recovering from it. */
function aPoint(draw: Chance, isFirst: boolean, { path, heart, starting }: Points): string {
  const share = draw.next();
  if (share < 0.4) return draw.pick(heart);
  return share < (isFirst ? 0.95 : 0.75) ? draw.pick(path) : draw.pick(starting);
}

/** The program's death; `isFirst`: nothing had to be recovered from before. */
export function aCrash(draw: Chance, isFirst: boolean, points: Points): Crash {
  const downMs = draw.pick([50, 1_000, 20_000, 5 * MINUTE]);
  const death = draw.often(0.5) ? 'power' : 'kill';
  if (draw.often(isFirst ? 0.3 : 0.4))
    return { death, at: { step: draw.whole(1, isFirst ? 700 : 120) }, downMs };
  const name = aPoint(draw, isFirst, points);
  // Much that is met at all is met once or twice in a life.
  const nth = draw.often(0.4) ? 1 : draw.whole(1, draw.often(0.7) ? 5 : 25);
  return { death, at: { name, nth, phase: draw.pick(phasesOf(name)) }, downMs };
}
