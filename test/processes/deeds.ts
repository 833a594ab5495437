// What people have confirmed, by what travelled in the buttons they pressed: the measure for what the bot may have done.

import { parse } from '../../src/bot/callback-data.ts';
import type { Town } from './town.ts';

/** A confirmed purchase: the reference on the button is the order's. */
export interface Payment {
  readonly person: number;
  readonly chatId: number;
  readonly messageId: number;
  /** How often it was pressed. */
  times: number;
}

/** A confirmed movement of money. Centimes. */
export interface Movement {
  readonly by: number;
  readonly kind: 'deposit' | 'transfer';
  readonly to: number;
  readonly amount: number;
}

export interface Deeds {
  readonly payments: ReadonlyMap<string, Payment>;
  readonly movements: ReadonlyMap<string, Movement>;
  /** Requests for credit that an owner has said yes to. */
  readonly approved: ReadonlySet<string>;
  readonly presses: () => number;
  readonly words: () => number;
  close(): void;
}

const MOVES = { wput: 'deposit', wgive: 'transfer' } as const;

/** Listens from now on. */
export function watchDeeds({ telegram }: Town): Deeds {
  const payments = new Map<string, Payment>();
  const movements = new Map<string, Movement>();
  const approved = new Set<string>();
  let [presses, words] = [0, 0];

  function pressed(person: number, chatId: number, messageId: number, data: string): void {
    presses += 1;
    const press = parse(data);
    // Somebody else's button does nothing.
    if (press?.owner !== person) return;
    if (press.kind === 'buy' && (press.action.do === 'pay' || press.action.do === 'pay-again')) {
      const { ref } = press.action;
      const known = payments.get(ref);
      if (known === undefined) payments.set(ref, { person, chatId, messageId, times: 1 });
      else known.times += 1;
    }
    if (press.kind !== 'do') return;
    const [to = '', amount = '', id = ''] = press.words;
    if (press.verb === 'wyes') approved.add(to);
    if (press.verb === 'wput' || press.verb === 'wgive')
      movements.set(id, { by: person, kind: MOVES[press.verb], to: Number(to), amount: Number(amount) });
  }

  const close = telegram.on((event) => {
    if (event.type === 'press') pressed(event.personId, event.chatId, event.messageId, event.data);
    else if (event.type === 'message' && !event.message.from.isBot) words += 1;
  });
  return { payments, movements, approved, presses: () => presses, words: () => words, close };
}
