// What people have done, for the promises to be measured by: every press and text as Telegram carries it, and what it means
// to whoever checks.

import type { Said } from './telegram.ts';

export interface Deeds {
  /**
   * Confirmations by the reference on their button: who pressed them, what the card said, and whether that person had begun
   * something else since.
   */
  readonly paid: ReadonlyMap<
    string,
    { readonly person: number; readonly card: string; readonly isOutdated: boolean }
  >;
  /** Movements of money confirmed, by their ids. */
  readonly moved: ReadonlyMap<string, { readonly amount: number; readonly verb: string }>;
  /** Requests for credit that an owner has approved. */
  readonly approved: ReadonlySet<string>;
  /** How often each has asked for credit, has written or pressed at all, and has written. */
  readonly asked: ReadonlyMap<number, number>;
  readonly doings: ReadonlyMap<number, number>;
  readonly wrote: ReadonlyMap<number, number>;
  /** Orders that an owner has judged by hand, by their numbers. */
  readonly judged: ReadonlySet<number>;
}

export interface Diary {
  readonly deeds: Deeds;
  /** Somebody presses; resolves to the reference that is thereby paid for the first time by "pay". */
  pressed(person: number, data: string, card: string): string | undefined;
  wrote(person: number, text: string): void;
  judged(no: number): void;
}

export function openDiary(): Diary {
  const paid = new Map<string, { person: number; card: Said['text']; isOutdated: boolean }>();
  /** Whose last deed was a text, and the purchases that each has pressed in, the newest last. */
  const writing = new Set<number>();
  const flows = new Map<number, Set<string>>();
  const moved = new Map<string, { amount: number; verb: string }>();
  const approved = new Set<string>();
  const [asked, doings, wrote] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<number, number>(),
  ];
  const judged = new Set<number>();
  const once = (counts: Map<number, number>, person: number): void =>
    void counts.set(person, (counts.get(person) ?? 0) + 1);

  function confirmed(
    person: number,
    [flow = '', verb, ref]: readonly string[],
    card: string,
  ): string | undefined {
    const own = flows.get(person) ?? new Set();
    flows.set(person, own.add(flow));
    if ((verb !== 'p' && verb !== 'P') || ref === undefined || paid.has(ref)) return undefined;
    const isOutdated = writing.has(person) || [...own].at(-1) !== flow;
    paid.set(ref, { person, card, isOutdated });
    return verb === 'p' ? ref : undefined;
  }

  function readPress(person: number, data: string, card: string): string | undefined {
    const [kind, owner = '', ...words] = data.split(':');
    if (parseInt(owner, 36) !== person) return undefined;
    if (kind === 'b') return confirmed(person, words, card);
    const [verb, first, second, third] = words;
    if (kind !== 'd') return undefined;
    if (verb === 'wask') once(asked, person);
    if (verb === 'wyes' && first !== undefined) approved.add(first);
    if ((verb === 'wput' || verb === 'wgive') && third !== undefined)
      moved.set(third, { amount: Number(second), verb });
    return undefined;
  }

  return {
    deeds: { paid, moved, approved, asked, doings, wrote, judged },
    pressed(person, data, card) {
      once(doings, person);
      const paidNow = readPress(person, data, card);
      writing.delete(person);
      return paidNow;
    },
    wrote(person, text) {
      once(doings, person);
      once(wrote, person);
      writing.add(person);
      if (/^\/deposit \d+$/.test(text)) once(asked, person);
    },
    judged: (no) => void judged.add(no),
  };
}
