// Whether anybody's shop is in a database: an order, money, a person, a message that came.

import * as z from 'zod';
import type { Query } from '../postgres/database.ts';

const row = z.object({ found: z.boolean() });

const TABLES = ['orders', 'entries', 'audit', 'shop', 'people', 'lanes', 'updates'];
const FOUND = `SELECT ${TABLES.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ')} AS found`;

export async function hasShop({ rows }: Pick<Query, 'rows'>): Promise<boolean> {
  return (await rows(row, FOUND))[0]?.found === true;
}
