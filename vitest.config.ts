import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/store/postgres/server.ts';

const hasPostgres = (await findPostgres()) !== undefined;
if (!hasPostgres)
  process.stderr.write('The journeys on PostgreSQL are left out: there is no PostgreSQL on this machine.\n');
/** Several copies of the bot, which only a database can have. */
const SHARED = 'test/journey/shared-*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    pool: 'forks',
    // What the bot says to anybody, in any test, is searched for what that person may not read.
    setupFiles: ['test/overheard/hook.ts'],
    globalSetup: ['test/overheard/count.ts'],
    projects: [
      { test: { name: 'all', include: ['test/**/*.test.ts'], exclude: [SHARED] } },
      {
        test: {
          name: 'journeys on PostgreSQL',
          ...(hasPostgres
            ? { include: ['test/journey/*.test.ts'], globalSetup: ['test/journey/database-server.ts'] }
            : { include: ['test/journey/without-postgres.ts'] }),
        },
      },
    ],
  },
});
