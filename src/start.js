// The first line that any Node can read: an old one gets a clear sentence instead of a syntax error.

const NEEDED = 26;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `This bot needs Node ${NEEDED}; this is Node ${process.versions.node}. Start it with "npm ci && npm start", which brings its own.\n`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./main.ts');
  await main();
}
