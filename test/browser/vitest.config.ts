import { defineConfig } from 'vitest/config';

// Browser tests run by themselves (`npm run test:browser`): they need a Chromium, and one window at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    pool: 'forks',
    fileParallelism: false,
    // As in every other test, what the bot says is searched for what its reader may not know.
    setupFiles: ['../overheard/hook.ts'],
    globalSetup: ['../overheard/count.ts'],
  },
});
