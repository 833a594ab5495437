// What the program asks its database, by names that are the same from run to run.

/** Written to by a statement, if it writes. */
export function writtenIn(sql: string): string | undefined {
  return /\b(?:INSERT INTO|DELETE FROM|(?<!FOR )(?<!DO )UPDATE)\s+(?!SET\b|SKIP\b)([a-z_]+)/.exec(sql)?.[1];
}

/** `update orders`, `select lanes`, `listen`; a commit by what was written: `commit orders`. */
export function nameOf(sql: string, written: ReadonlySet<string>): string {
  const text = sql.trim();
  const first = /^\w+/.exec(text)?.[0].toLowerCase() ?? '';
  // It may be the last of several that are sent together.
  if (/(?:^|;)\s*COMMIT\b/.test(text))
    return `commit ${WEIGHTIEST.find((table) => written.has(table)) ?? 'nothing'}`;
  const table = writtenIn(text);
  if (table !== undefined) {
    const verb =
      /\b(?:INSERT INTO|DELETE FROM|(?<!FOR )(?<!DO )UPDATE)\b/.exec(text)?.[0].split(' ')[0] ?? '';
    return `${verb.toLowerCase()} ${table}`;
  }
  const from = /\bFROM\s+([a-z_]+)/.exec(text)?.[1];
  if (from !== undefined) return `select ${from}`;
  return /\b(pg_\w+)\(/.exec(text)?.[1] ?? first;
}

/** Of all that a transaction has written it is called by the first of these. */
const WEIGHTIEST = [
  ...['orders', 'shop', 'entries', 'accounts', 'lanes', 'updates', 'people', 'facts'],
  ...['provider_keys', 'traffic', 'claims', 'schema_version'],
];
