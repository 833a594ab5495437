import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    pool: 'forks',
    // What the bot says to anybody, in any test, is searched for what that person may not read.
    setupFiles: ['test/overheard/hook.ts'],
    globalSetup: ['test/overheard/count.ts'],
  },
});
