// What the people of a history set out to do, in five flavours: a mixed day, a rush on one moment, one troublemaker among
// others, a calm day, and a day of words alone.

import {
  AGENTS,
  CUSTOMERS,
  EVERYBODY,
  LINES,
  OWNERS,
  STRANGER,
  TROUBLED_LINE,
  WRONG_LINE,
  type Service,
} from './cast.ts';
import { times, type Chance } from './chance.ts';

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
  /** `gone`: a button that only a phone which has not caught up still shows. */
  | { readonly do: 'press-old'; readonly pick: number; readonly gone?: boolean }
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

export type Flavour = 'mixed' | 'rush' | 'troublemaker' | 'calm' | 'chatter';

const MINUTE = 60_000;
const SAYINGS = ['/balance', '/history', '/start', '/cancel', '/statement', 'hello'] as const;

function ownersErrand(draw: Chance): Errand {
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
}

function anErrand(draw: Chance, person: number): Errand {
  const isOwner = person === OWNERS[0] || person === OWNERS[1];
  const isAgent = person === AGENTS[0] || person === AGENTS[1];
  const share = draw.next();
  if (isOwner && share < 0.35) return ownersErrand(draw);
  if (isAgent && share < 0.12)
    return {
      do: 'transfer',
      to: draw.pick(CUSTOMERS),
      amount: 100 * draw.whole(1, 5),
      doubles: draw.often(0.5),
    };
  if (!isOwner && share < 0.22) return { do: 'ask-credit', amount: 500 * draw.whole(1, 3) };
  if (share > 0.96) return { do: 'delete-last' };
  if (share > 0.91) return { do: 'press-old', pick: draw.next(), gone: draw.often(0.5) };
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

/** Somebody buys one thing without a second thought. */
const aPlainBuy = (draw: Chance, chat: 'private' | 'group'): Extract<Errand, { do: 'buy' }> => ({
  ...{ do: 'buy', chat, ...draw.pick(LINES), value: draw.pick([500, 1000]), how: 'one-line' },
  ...{ doubles: draw.often(0.3), quirk: 'none', insists: true },
});

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

/** Everybody at once, and one wallet from two chats. */
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

/** What happens in a history of this flavour, unordered. */
export const actsOf = (flavour: Flavour, who: Chance): readonly Act[] => ACTS[flavour](who);
