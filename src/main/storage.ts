// What the bot keeps everything in: a folder of its own, or a database that several bots share.

import { setTimeout as sleepFor } from 'node:timers/promises';
import { hasOrders, openFolder, type Folder } from '../store/open-folder.ts';
import type { Ground } from './ground.ts';

/** Throws UnusableFolder or UnusableDatabase, and what the stores throw when they can't be read. */
export async function openStorage(
  plan: Omit<Ground, 'folder' | 'metrics'> & { readonly holder: string },
): Promise<Folder> {
  const { config, log, giveUp, life, clock, holder } = plan;
  const { dataDir: dir, databaseUrl, cardKey, apiKey } = config;
  const warn = (fact: string, details: object): void => log.warn(details, fact);
  if (databaseUrl === undefined) return openFolder({ dir, cardKey, apiKey, clock, log: warn });
  // Loaded by those who use it: a bot with a folder carries no database driver about.
  const { openSharedShop } = await import('../store/postgres/open-shop.ts');
  return openSharedShop({
    ...{ url: databaseUrl, cardKey, apiKey, clock, holder, log: warn },
    leftIn: (await hasOrders(dir)) ? dir : undefined,
    sleep: (ms) => sleepFor(ms),
    stopping: life.stopping,
    moved: () => {
      giveUp('the shop is being moved to or from the database');
      life.end(1);
    },
  });
}
