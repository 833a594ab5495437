// What goes with the prompt of a purchase in a group for its buyer's eyes alone. One at a time: the next prompt's takes its
// place, and it goes when the purchase does.

import { keyOf, type BotContext } from './context.ts';
import type { Ephemeral, TakeBack } from './ephemeral.ts';
import type { View } from './view.ts';

export interface Asides {
  /** Shows this in place of what went with the last prompt; null only takes that away. Resolves to whether Telegram took it. */
  put(outer: BotContext, text: View['text'] | null): Promise<boolean>;
  /** Takes away what goes with the prompt of this flow, by its key. */
  clear(key: string): void;
}

/** More flows than ever run at once. */
const MOST_KEPT = 10_000;

export function createAsides(ephemeral: Ephemeral): Asides {
  /** By the key of the flow; promises, because the next prompt may come before Telegram has answered. */
  const shown = new Map<string, Promise<TakeBack | undefined>>();

  function clear(key: string): void {
    void shown.get(key)?.then((takeBack) => takeBack?.());
    shown.delete(key);
  }

  return {
    clear,
    put: async (outer, text) => {
      const key = keyOf(outer.update) ?? '';
      clear(key);
      if (text === null) return false;
      const showing = ephemeral.show(outer, { text, weight: 'aside' });
      shown.set(key, showing);
      const [oldest] = shown.keys();
      if (shown.size > MOST_KEPT && oldest !== undefined) shown.delete(oldest);
      return (await showing) !== undefined;
    },
  };
}
