// A day on a database that several copies of the bot share; none of them is started yet. Only played on PostgreSQL.

import { openDay, type ShopDay } from './shop-day.ts';

export interface SharedDay {
  readonly shop: ShopDay;
  /** What the database answers. */
  readonly rows: (sql: string) => Promise<readonly unknown[]>;
}

export async function openSharedDay(env: Readonly<Record<string, string>> = {}): Promise<SharedDay> {
  const shop = await openDay({ closed: true, env });
  const { database } = shop;
  if (database === undefined) throw new Error('a folder is not shared');
  return { shop, rows: (sql) => database.ask(sql) };
}
