// The first line that any Node can read: an old one gets a clear sentence instead of a syntax error. Then the real bot, or
// the playground when there is no bot token, or the move of a shop; none waits for the others' modules to load.

const NEEDED = 26;

/** Loads `.env`, and whichever of the three is asked for. */
async function begin() {
  const { existsSync } = await import('node:fs');
  const { enableCompileCache } = await import('node:module');
  // Compiled sources beside the packages: a third off every start but the first. Where it can't be written it is left out.
  const { fileURLToPath } = await import('node:url');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
  if (existsSync('.env')) process.loadEnvFile('.env');
  const [task, way] = process.argv.slice(2);
  if (task === 'migrate-store') {
    const { moveStore } = await import('./move-store.ts');
    const say = (line) => process.stdout.write(`${line}\n`);
    process.exitCode = await moveStore({ way, env: process.env, say });
  } else if ((process.env.BOT_TOKEN ?? '').trim() === '') {
    const { runPlayground } = await import('./playground/playground.ts');
    await runPlayground();
  } else {
    const { main } = await import('./main.ts');
    await main();
  }
}

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `This bot needs Node ${NEEDED}; this is Node ${process.versions.node}. Start it with "npm ci && npm start", which brings its own.\n`,
  );
  process.exitCode = 1;
} else {
  await begin();
}
