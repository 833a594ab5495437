// What owners are called. The settings know them by number alone, and what they did is written down by number; whoever
// reads it wants a name, and Telegram has it.

import type { Api } from 'grammy';

export interface OwnerNames {
  /** The name that Telegram has; the number when it says none. Never throws. */
  of(owner: number): Promise<string>;
}

/** Each is asked for once in the life of the process. */
export function createOwnerNames(api: Pick<Api, 'getChat'>): OwnerNames {
  const known = new Map<number, string>();

  async function ask(owner: number): Promise<string | undefined> {
    try {
      const { first_name, last_name } = await api.getChat(owner);
      const name = [first_name, last_name].filter((part) => part !== undefined).join(' ');
      return name.trim() === '' ? undefined : name;
    } catch {
      return undefined;
    }
  }

  return {
    of: async (owner) => {
      const name = known.get(owner) ?? (await ask(owner));
      if (name !== undefined) known.set(owner, name);
      return name ?? String(owner);
    },
  };
}
