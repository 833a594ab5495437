// A history before it happens, as plain data drawn from a seed: who wants what and when, what goes wrong, and when the
// program dies. Being data it can be shrunk, by leaving things out, and played again.

import { chance, type Chance } from './chance.ts';
import type { Death, Phase } from './memory-disk.ts';
import type { NetFault } from './network.ts';

export const OWNERS = [11, 12] as const;
export const AGENTS = [21, 22] as const;
export const CUSTOMERS = [31, 32] as const;
export const STRANGER = 91;
export const GROUP = -1001;
export const GROUP_AFTER = -1002;

export type Service = 'ADSL' | '4G';

interface Bought {
  readonly service: Service;
  readonly line: string;
}

export const LINES: readonly [Bought, ...Bought[]] = [
  { service: 'ADSL', line: '036362608' },
  { service: 'ADSL', line: '036000001' },
  { service: 'ADSL', line: '036000003' },
  { service: '4G', line: '213472731602' },
];
/** Documented nowhere as a line: the provider refuses it. */
export const WRONG_LINE: Bought = { service: 'ADSL', line: '029000000' };

/** Asked for by the troublemaker of a history alone. */
export const TROUBLED_LINE: Bought = { service: 'ADSL', line: '036000020' };

/** What somebody sets out to do. Amounts in whole dinars. */
export type Errand =
  | {
      readonly do: 'buy';
      readonly chat: 'private' | 'group';
      readonly service: Service;
      readonly line: string;
      readonly value: number;
      readonly how: 'one-line' | 'guided' | 'number';
      /** Taps every button twice. */
      readonly doubles: boolean;
      /** What is done beside paying, at the worst moment. */
      readonly quirk: 'none' | 'cancel' | 'back' | 'new-topup' | 'cancel-command' | 'other-amount';
      /** Says yes to a twin. */
      readonly insists: boolean;
    }
  | { readonly do: 'press-old'; readonly pick: number }
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'deposit'; readonly to: number; readonly amount: number; readonly doubles: boolean }
  | { readonly do: 'ask-credit'; readonly amount: number }
  | { readonly do: 'approve'; readonly doubles: boolean }
  | { readonly do: 'freeze'; readonly whom: number; readonly frozen: boolean }
  | { readonly do: 'transfer'; readonly to: number; readonly amount: number; readonly doubles: boolean }
  | { readonly do: 'delete-last' };

export interface Act {
  readonly person: number;
  /** Ms from the beginning. */
  readonly at: number;
  readonly errand: Errand;
}

/** How the provider goes on with what it accepted, in the order of acceptance. Ms after acceptance. */
export type Course =
  | { readonly end: 'fulfilled'; readonly after: number; readonly codeless?: boolean }
  | { readonly end: 'refunded'; readonly after: number }
  | { readonly end: 'queued'; readonly after: number; readonly then: 'fulfilled' | 'refunded' }
  | { readonly end: 'taken-back'; readonly after: number; readonly later: number }
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

/** The program dies: at the how many-eth step of its life, or of a kind of step. */
export interface Crash {
  readonly death: Death;
  readonly at:
    { readonly step: number } | { readonly name: string; readonly nth: number; readonly phase: Phase };
  readonly downMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly acts: readonly Act[];
  readonly courses: readonly Course[];
  readonly net: readonly NetTrouble[];
  readonly disk: readonly DiskTrouble[];
  /** How many times slower than a good disk. */
  readonly diskPace: number;
  readonly crashes: readonly Crash[];
  /** Orderly stops, ms from the beginning. */
  readonly stops: readonly number[];
  /** Windows in which look-ups are answered from what was known at their beginning. */
  readonly stale: readonly { readonly from: number; readonly to: number }[];
  readonly blocked: readonly { readonly person: number; readonly from: number; readonly to: number }[];
  readonly migrateAt: number | null;
  /** Updates that come again although they were confirmed, and messages that come late. */
  readonly redelivers: number;
  readonly late: number;
  readonly providerBalance: number;
  readonly prefixedRefs: boolean;
  readonly skewMs: number;
  /** Nothing goes wrong but for one person, who must not be felt by the others. */
  readonly troublemaker: number | null;
  /** Nobody is in a hurry and nothing goes wrong: whoever pays must be answered soon. */
  readonly isCalm: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Every step of an order's path that touches disk or network, as the program takes it. */
export const POINTS: readonly [string, ...string[]] = [
  'disk open orders.json.tmp',
  'disk write orders.json.tmp',
  'disk sync orders.json.tmp',
  'disk unlink orders.json.prev',
  'disk link orders.json.prev',
  'disk rename orders.json.tmp',
  'disk open folder',
  'disk sync folder',
  'disk open archive/month',
  'disk stat archive/month',
  'disk write archive/month',
  'disk sync archive/month',
  'disk open journal/month',
  'disk stat journal/month',
  'disk write journal/month',
  'disk sync journal/month',
  'disk open archive folder',
  'disk sync archive folder',
  'disk open journal folder',
  'disk sync journal folder',
  'disk open conversations.json.tmp',
  'disk write conversations.json.tmp',
  'disk unlink conversations.json.prev',
  'disk link conversations.json.prev',
  'disk rename conversations.json.tmp',
  'disk read orders.json',
  'disk read orders.json.prev',
  'disk read conversations.json',
  'disk read archive/month',
  'disk read journal/month',
  'disk unlink orders.json.tmp',
  'provider GET validate',
  'provider GET account/balance',
  'provider GET internet/products',
  'provider GET internet/check-number',
  'provider POST internet/send',
  'provider GET internet/check-id',
  'provider GET internet/check-ref',
  'provider GET internet/list',
  'telegram getUpdates',
  'telegram sendMessage',
  'telegram editMessageText',
  'telegram editMessageReplyMarkup',
  'telegram answerCallbackQuery',
  'telegram sendChatAction',
];

/** The part of them around a purchase itself, where it is most worth dying. */
const HEART = POINTS.filter((name) =>
  /orders\.json\.tmp|sync folder|POST|check-|archive\/|journal\/|getUpdates/.test(name),
);

function anErrand(draw: Chance, person: number): Errand {
  const isOwner = person === OWNERS[0] || person === OWNERS[1];
  const isAgent = person === AGENTS[0] || person === AGENTS[1];
  const share = draw.next();
  if (isOwner && share < 0.35)
    return draw.pick<Errand>([
      {
        do: 'deposit',
        to: draw.pick([...AGENTS, ...CUSTOMERS]),
        amount: 500 * draw.whole(1, 4),
        doubles: draw.often(0.5),
      },
      { do: 'approve', doubles: draw.often(0.5) },
      { do: 'freeze', whom: draw.pick([...AGENTS, ...CUSTOMERS]), frozen: draw.often(0.7) },
    ]);
  if (isAgent && share < 0.12)
    return {
      do: 'transfer',
      to: draw.pick(CUSTOMERS),
      amount: 100 * draw.whole(1, 5),
      doubles: draw.often(0.5),
    };
  if (!isOwner && share < 0.22) return { do: 'ask-credit', amount: 500 * draw.whole(1, 3) };
  if (share > 0.96) return { do: 'delete-last' };
  if (share > 0.92) return { do: 'press-old', pick: draw.next() };
  if (share > 0.86) return { do: 'say', text: draw.pick([...SAYINGS, '036362608']) };
  const { service, line } = draw.often(0.05) ? WRONG_LINE : draw.pick(LINES);
  return {
    do: 'buy',
    chat: person !== STRANGER && draw.often(0.3) ? 'group' : 'private',
    ...{ service, line },
    value: draw.pick([500, 500, 1000, 1000, 2000]),
    how: draw.pick(['one-line', 'one-line', 'guided', 'number']),
    doubles: draw.often(0.35),
    quirk: draw.often(0.65)
      ? 'none'
      : draw.pick(['cancel', 'back', 'new-topup', 'cancel-command', 'other-amount']),
    insists: draw.often(0.6),
  };
}

function aCourse(draw: Chance): Course {
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
  if (share < 0.95) return { end: 'taken-back', after, later: after + draw.whole(1_000, 10 * MINUTE) };
  return { end: 'odd', word: draw.pick(['IN_PROCESS', 'SUSPENDED']), after };
}

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
  ]);
  // An edit that lands after its deadline, behind a later one, is beyond what the program promises.
  if (how === 'slow') return { how, ms: draw.whole(2_000, service === 'telegram' ? 15_000 : 50_000) };
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

const TELEGRAM_CALLS = ['', 'sendMessage', 'edit', 'getUpdates', 'answerCallbackQuery'] as const;
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

function aNetTrouble(draw: Chance): NetTrouble {
  const service = draw.often(0.65) ? 'provider' : 'telegram';
  const from = draw.whole(0, 2 * MINUTE);
  const to = from + draw.pick([10_000, 60_000, 4 * MINUTE, 12 * MINUTE]);
  const name = service === 'provider' ? draw.pick(PROVIDER_CALLS) : draw.pick(TELEGRAM_CALLS);
  return { from, to, service, name, share: draw.pick([0.2, 0.5, 1]), fault: aNetFault(draw, service) };
}

function aDiskTrouble(draw: Chance): DiskTrouble {
  const from = draw.whole(0, 3 * MINUTE);
  const only = draw.pick(['', '', 'orders.json', 'month', 'folder', 'conversations.json']);
  return {
    from,
    to: from + draw.pick([500, 10_000, 90_000]),
    only,
    what: draw.pick(['full', 'broken', 'broken', 'slow']),
  };
}

function aCrash(draw: Chance, first: boolean): Crash {
  const downMs = draw.pick([50, 1_000, 20_000, 5 * MINUTE]);
  const death = draw.often(0.5) ? 'power' : 'kill';
  if (draw.often(first ? 0.4 : 0.5)) return { death, at: { step: draw.whole(1, first ? 700 : 120) }, downMs };
  const name = draw.often(0.6) ? draw.pick([HEART[0] ?? '', ...HEART]) : draw.pick(POINTS);
  const phase = name.includes(' write ')
    ? draw.pick<Phase>(['before', 'half', 'after'])
    : draw.pick<Phase>(['before', 'after']);
  return { death, at: { name, nth: draw.whole(1, draw.often(0.7) ? 5 : 25), phase }, downMs };
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Everybody who may buy, in the order in which a history is peopled. */
const EVERYBODY = [...OWNERS, ...AGENTS, ...CUSTOMERS] as const;

const SAYINGS = ['/balance', '/history', '/start', '/cancel', '/statement', 'hello'] as const;

/** Somebody buys one thing without a second thought. */
const aPlainBuy = (draw: Chance, chat: 'private' | 'group'): Extract<Errand, { do: 'buy' }> => ({
  ...{ do: 'buy', chat, ...draw.pick(LINES), value: draw.pick([500, 1000]), how: 'one-line' },
  ...{ doubles: draw.often(0.3), quirk: 'none', insists: true },
});

type Flavour = 'mixed' | 'rush' | 'troublemaker' | 'calm' | 'chatter';

/** `rush`: everybody at once, and one wallet from two chats. `troublemaker`: one slow person among others. `chatter`: words, and an
 * orderly stop between them. */
function flavourOf(draw: Chance): Flavour {
  const share = draw.next();
  return share < 0.12
    ? 'rush'
    : share < 0.2
      ? 'troublemaker'
      : share < 0.26
        ? 'calm'
        : share < 0.3
          ? 'chatter'
          : 'mixed';
}

function mixedActs(who: Chance): readonly Act[] {
  const people = times(who.whole(1, 4), () => (who.often(0.03) ? STRANGER : who.pick(EVERYBODY)));
  return people.flatMap((person) =>
    times(who.pick([1, 1, 2, 3]), () => ({
      person,
      at: who.whole(0, 3 * MINUTE),
      errand: anErrand(who, person),
    })),
  );
}

function rushActs(who: Chance): readonly Act[] {
  const at = who.whole(1_000, 20_000);
  return times(who.whole(3, 5), () => ({
    person: who.pick([...CUSTOMERS, ...AGENTS, OWNERS[0]]),
    at: at + who.whole(0, 1_500),
    errand: aPlainBuy(who, who.often(0.4) ? 'group' : 'private'),
  }));
}

const chatterActs = (who: Chance): readonly Act[] =>
  CUSTOMERS.flatMap((person) =>
    times(who.whole(1, 4), () => ({
      person,
      at: who.whole(0, MINUTE),
      errand: { do: 'say', text: who.pick(SAYINGS) },
    })),
  );

/** The first of them is the troublemaker. */
function troubledActs(who: Chance): readonly Act[] {
  const chat = who.often(0.7) ? 'group' : 'private';
  const at = who.whole(1_000, 10_000);
  const slow = who.pick([...AGENTS, ...CUSTOMERS]);
  const others = EVERYBODY.filter((person) => person !== slow && who.often(0.4)).slice(0, 2);
  const first: Act = { person: slow, at, errand: { ...aPlainBuy(who, chat), ...TROUBLED_LINE } };
  const flood = times(who.often(0.3) ? 25 : 0, (i) => ({
    ...{ person: slow, at: at + 40 * i, errand: { do: 'say', text: '/balance' } as const },
  }));
  const rest = others.map((person) => ({
    ...{ person, at: at + who.whole(0, 12_000), errand: aPlainBuy(who, who.often(0.7) ? chat : 'private') },
  }));
  return [first, ...flood, ...rest];
}

const ACTS: Readonly<Record<Flavour, (who: Chance) => readonly Act[]>> = {
  ...{ mixed: mixedActs, calm: mixedActs, rush: rushActs, troublemaker: troubledActs, chatter: chatterActs },
};

/** One history of a few people who buy a little, and whatever may go wrong around them. */
export function planOf(seed: number): Plan {
  const root = chance(seed);
  const who = root.stream('people');
  const draw = root.stream('plan');
  const flavour = flavourOf(draw);
  const made = ACTS[flavour](who);
  const acts = made.toSorted((a, b) => a.at - b.at);
  const isCalm = flavour !== 'mixed' && flavour !== 'rush';
  const some = (share: number, most: number): number =>
    !isCalm && draw.often(share) ? draw.whole(1, most) : 0;
  return {
    seed,
    acts,
    courses: times(8, () => aCourse(draw)),
    net: times(some(0.6, 3), () => aNetTrouble(draw)),
    disk: times(some(0.2, 2), () => aDiskTrouble(draw)),
    diskPace: draw.often(0.25) ? draw.whole(5, 120) : 1,
    crashes: times(some(0.65, 3), (i) => aCrash(draw, i === 0)),
    stops: times(flavour === 'chatter' ? 2 : some(0.1, 1), () =>
      draw.whole(1_000, flavour === 'chatter' ? 90_000 : 4 * MINUTE),
    ),
    stale: times(some(0.15, 1), () => {
      const from = draw.whole(0, 2 * MINUTE);
      return { from, to: from + draw.pick([20_000, 2 * MINUTE, 8 * MINUTE]) };
    }),
    blocked: times(some(0.08, 1), () => {
      const from = draw.whole(0, 3 * MINUTE);
      return { person: acts[0]?.person ?? OWNERS[0], from, to: from + draw.pick([MINUTE, 30 * MINUTE]) };
    }),
    migrateAt: !isCalm && draw.often(0.06) ? draw.whole(10_000, 3 * MINUTE) : null,
    redelivers: flavour === 'troublemaker' ? 0 : draw.pick([0, 0.2, 0.5]),
    late: isCalm ? 0 : draw.pick([0, 0, 0.2]),
    providerBalance: !isCalm && draw.often(0.15) ? draw.whole(400, 2_500) : 50_000,
    prefixedRefs: draw.often(0.2),
    skewMs: draw.pick([0, 0, 0, -3 * MINUTE, 2 * HOUR]),
    isCalm,
    troublemaker: flavour === 'troublemaker' ? (made[0]?.person ?? null) : null,
  };
}
