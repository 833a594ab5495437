// What ships beside the sources: the image, its compose file and the example of the settings keep what they promise.
// The image itself is not built here.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EXAMPLES, readConfig } from '../../src/config.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const manifest = z
  .object({
    engines: z.object({ node: z.string() }),
    scripts: z.object({ start: z.string() }),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));

const instructions = read('Dockerfile')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => ({ word: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1) }));
const all = (word: string): string[] =>
  instructions.filter((one) => one.word === word).map(({ rest }) => rest);

describe('the image', () => {
  test('is of the Node that the project needs', () => {
    const needed = /\d+/.exec(manifest.engines.node)?.[0] ?? '';
    const images = all('FROM').map((from) => from.split(' ')[0]);
    expect(images).toEqual([`node:${needed}-slim`, `node:${needed}-slim`]);
  });

  test('has neither development packages nor a second Node', () => {
    const installs = all('RUN').filter((command) => command.includes('npm'));
    expect(installs).toEqual([expect.stringContaining('--omit=dev --omit=optional')]);
  });

  test('holds nothing but packages and sources', () => {
    const copied = all('COPY').map((copy) =>
      copy
        .replace(/^--from=\S+ /, '')
        .split(' ')
        .slice(0, -1),
    );
    const wanted = ['/app/node_modules', 'package-lock.json', 'package.json', 'src'];
    expect([...new Set(copied.flat())].sort()).toEqual(wanted);
    expect(read('.dockerignore').trim().split('\n')).toEqual([
      '*',
      '!package.json',
      '!package-lock.json',
      '!src',
    ]);
  });

  test('needs no package that it leaves out', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const imported = sources
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [
        ...read(join('src', path)).matchAll(/^(?:import|export|\}).*from '([^'.][^']*)';$/gm),
      ])
      .map(([, name = '']) => name)
      .filter((name) => !isBuiltin(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(imported).not.toEqual([]);
    expect([...new Set(imported)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  test('runs as a plain user who owns the data volume, and ends by SIGTERM', () => {
    const words = instructions.map(({ word }) => word);
    expect(all('USER')).toEqual(['node']);
    expect(words.lastIndexOf('RUN')).toBeLessThan(words.indexOf('USER'));
    expect(all('VOLUME')).toEqual(['/data']);
    expect(all('ENV').join(' ')).toContain('DATA_DIR=/data');
    expect(all('ENV').join(' ')).toContain('LISTEN_HOST=0.0.0.0 PORT=8080');
    expect(all('RUN').join(' ')).toContain('-o node -g node -m 700 /data');
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(all('CMD').map((command) => z.array(z.string()).parse(JSON.parse(command)).join(' '))).toEqual([
      manifest.scripts.start,
    ]);
  });

  test.each([
    [200, 0],
    [503, 1],
  ])('is healthy only when /healthz says so: %d ends the check with %d', async (status, code) => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? status : 404).end();
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    expect(await healthCheck(port)).toBe(code);
    await new Promise((resolve) => server.close(resolve));
    expect(await healthCheck(port)).toBe(1);
  });
});

/** Runs the image's own check; resolves to its exit code. */
function healthCheck(port: number): Promise<number | null> {
  const [check = ''] = all('HEALTHCHECK');
  const [, ...args] = z.array(z.string()).parse(JSON.parse(check.slice(check.indexOf('['))));
  const child = spawn(process.execPath, args, { env: { PORT: `${port}` }, stdio: 'ignore' });
  return new Promise((resolve) => child.once('close', resolve));
}

describe('the compose file', () => {
  const compose = read('compose.yaml');

  test('keeps the data in a volume, whatever the settings file says', () => {
    expect(compose).toMatch(/^ {6}- counter-data:\/data$/m);
    expect(compose).toMatch(/^ {6}DATA_DIR: \/data$/m);
    expect(compose).toMatch(/^ {6}LISTEN_HOST: '0\.0\.0\.0'$/m);
    expect(compose).toMatch(/^ {4}env_file: \.env$/m);
  });

  test('gives the bot more time to stop than it takes', () => {
    const within = Number(/STOP_WITHIN_MS = ([\d_]+)/.exec(read('src/main.ts'))?.[1]?.replaceAll('_', ''));
    for (const file of [compose, read('.deploy/compose.yaml')])
      expect(Number(/stop_grace_period: (\d+)s/.exec(file)?.[1]) * 1000).toBeGreaterThan(within);
    expect(compose).toMatch(/^ {4}restart: unless-stopped$/m);
  });

  test('lets the bot write to its volume and to temporary memory only', () => {
    expect(compose).toMatch(/^ {4}read_only: true$/m);
    expect(compose).toMatch(/^ {4}tmpfs:\n {6}- \/tmp$/m);
  });
});

describe('the example of the settings', () => {
  const example = read('.env.example');
  /** Where the example is in words. */
  const FILLED = { CARD_KEY: 'ab'.repeat(32), WEBHOOK_SECRET: '' };
  const names = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);

  test('names every setting that the bot reads, once', () => {
    expect(names.toSorted()).toEqual(Object.keys(EXAMPLES).sort());
  });

  test('sets nothing by itself, so that a mere copy opens the playground', () => {
    const values = Object.values(parseEnv(example));
    expect(values).toHaveLength(3);
    expect(values.every((value) => value === '')).toBe(true);
  });

  test('is enough when its three empty lines are filled in', () => {
    const { BOT_TOKEN, ONECLICK_API_KEY, ADMIN_IDS } = { ...EXAMPLES, ONECLICK_API_KEY: 'pk-example' };
    const settings = { ...parseEnv(example), BOT_TOKEN, ONECLICK_API_KEY, ADMIN_IDS };
    expect(readConfig(settings)).toMatchObject({ ok: true });
  });

  test('shows defaults that are accepted as they stand', () => {
    const uncommented = example.replaceAll(/^# (?=[A-Z_]+=.)/gm, '');
    const settings = { ...EXAMPLES, ...parseEnv(uncommented), ONECLICK_API_KEY: 'pk-example' };
    const read = readConfig({ ...settings, BOT_TOKEN: EXAMPLES.BOT_TOKEN, ADMIN_IDS: '1', ...FILLED });
    expect(read).toMatchObject({ ok: true, config: { language: 'ar', host: '127.0.0.1', port: 8080 } });
  });
});
