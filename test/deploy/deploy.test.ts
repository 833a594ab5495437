// What ships for a shop of several processes: no engine runs it here, but each file is read by a parser, names what is
// there, keeps no secret, and asks for figures that the bot gives.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { backlogOf } from '../../src/app/backlog.ts';
import { EXAMPLES, readConfig } from '../../src/config.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { webhookAt } from '../../src/http/webhook.ts';
import { readExposition, type Family } from '../http/exposition.ts';
import { readYaml } from './yaml.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const texts = z.record(z.string(), z.string());
const serviceSchema = z.looseObject({
  image: z.string().exactOptional(),
  build: z.string().exactOptional(),
  environment: texts.default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
  deploy: z.object({ replicas: z.string() }).exactOptional(),
});
const { services, volumes } = z
  .object({
    name: z.string(),
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(await readYaml(read('.deploy/compose.yaml')));
const names = Object.keys(services);

const needed = (text: string): string[] =>
  [...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name);

describe('the services', () => {
  it('are two copies of the bot and what they stand on', () => {
    expect(names).toEqual(['counter', 'door', 'postgres', 'prometheus', 'grafana']);
    expect(services['counter']?.deploy?.replicas).toBe('2');
  });

  it('are built here or of one exact version', () => {
    for (const [name, { image, build }] of Object.entries(services)) {
      if (name === 'counter') expect(build).toBe('.');
      else expect(image, name).toMatch(/^[a-z]+(?:\/[a-z]+)?:v?\d+\.\d+(?:\.\d+)?(?:-alpine)?$/);
    }
  });

  it('stand on services and volumes that there are', () => {
    for (const { depends_on: others, volumes: mounted } of Object.values(services)) {
      for (const other of Array.isArray(others) ? others : Object.keys(others))
        expect(names).toContain(other);
      for (const mount of mounted) {
        const [from = ''] = mount.split(':');
        if (from.startsWith('./')) expect(existsSync(join(ROOT, from)), from).toBe(true);
        else expect(Object.keys(volumes)).toContain(from);
        if (from.startsWith('./')) expect(mount).toMatch(/:ro$/);
      }
    }
  });

  it('hold no secret: each comes from .env, and is asked for where it is missing', () => {
    const secrets = ['POSTGRES_PASSWORD', 'CARD_KEY', 'GRAFANA_PASSWORD'];
    expect(new Set(needed(read('.deploy/compose.yaml')))).toEqual(new Set([...secrets, 'WEBHOOK_URL']));
    const given = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
    for (const [name, value] of given)
      if (/PASSWORD|KEY|TOKEN|SECRET|URL/.test(name)) expect(needed(value), name).not.toEqual([]);
  });

  it('let in Telegram alone, and whoever sits at this machine', () => {
    const open = Object.entries(services).flatMap(([name, { ports }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(open).toEqual([
      'door 80:80',
      'door 443:443',
      'postgres 127.0.0.1:5432:5432',
      'grafana 127.0.0.1:3000:3000',
    ]);
  });

  it('give the bot settings that it takes', () => {
    const environment = services['counter']?.environment ?? {};
    const { BOT_TOKEN, ADMIN_IDS, WEBHOOK_URL } = EXAMPLES;
    const env: Record<string, string> = {
      ...{ WEBHOOK_URL, CARD_KEY: 'ab'.repeat(32), POSTGRES_PASSWORD: 'cd'.repeat(24) },
    };
    const filled = Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{([A-Z_]+):\?[^}]*\}/g, (_, key: string) => env[key] ?? ''),
    ]);
    const config = readConfig({
      ...{ BOT_TOKEN, ADMIN_IDS, ONECLICK_API_KEY: 'pk-example' },
      ...z.record(z.string(), z.string()).parse(Object.fromEntries(filled)),
    });
    expect(config).toMatchObject({
      ok: true,
      config: { host: '0.0.0.0', port: 8080, webhookUrl: WEBHOOK_URL },
    });
    expect(config.ok && config.config.databaseUrl).toContain(
      `counter:${'cd'.repeat(24)}@postgres:5432/counter`,
    );
  });
});

describe('the door', () => {
  const caddyfile = read('.deploy/Caddyfile');

  it('hands what Telegram brings to every copy of the bot, and nothing else', () => {
    expect(caddyfile).toContain('{$WEBHOOK_URL} {');
    expect(caddyfile).toContain(`path ${webhookAt(EXAMPLES.WEBHOOK_URL).path}\n`);
    expect(/name (\S+)\n\s+port (\d+)/.exec(caddyfile)?.slice(1)).toEqual(['counter', '8080']);
    expect(caddyfile).toMatch(/handle \{\s+respond 404\s+\}/);
    // A refusal by it would have Telegram bring the same again for ever.
    expect(Number(/max_size (\d+)MB/.exec(caddyfile)?.[1])).toBeGreaterThan(2);
    expect(caddyfile.split('{').length).toBe(caddyfile.split('}').length);
  });
});

/** Every figure that the bot gives, with everything having happened once. */
async function figures(): Promise<ReadonlyMap<string, Family>> {
  const metrics = createMetrics({ now: () => 0 });
  for (const status of [200, 400, 429, 500, undefined]) {
    metrics.providerAnswered({ endpoint: 'GET ping', ms: 1, ...(status !== undefined && { status }) });
    metrics.telegramAnswered(status);
  }
  for (const what of ['order', 'shop'] as const)
    for (const isTaken of [true, false]) metrics.committed(what, isTaken, 1);
  const asked = { header: () => undefined, body: () => Promise.resolve('') };
  await metrics.timed({ 'POST /telegram': () => ({ status: 200 }) })['POST /telegram']?.(asked);
  const look = {
    backlog: () => Promise.resolve(backlogOf([], 0)),
    updatesWaiting: () => 0,
    unhandled: () => Promise.resolve({ count: 0, oldestMs: 0 }),
  };
  return readExposition((await metrics.routes(look)['GET /metrics']?.(asked))?.text ?? '');
}
const families = await figures();

const SERIES = /\b((?:recharge_\w+)|up)\b(?:\{([^}]*)\})?/g;
const ADDED = ['le', 'job', 'instance'];

function expectKnown(query: string): void {
  const asked = [...query.matchAll(SERIES)];
  expect(asked.length, query).toBeGreaterThan(0);
  const known = new Set(ADDED);
  for (const [, name = '', matchers = ''] of asked) {
    if (name === 'up') continue;
    const base = name.replace(/_(?:bucket|count|sum)$/, '');
    const family = families.get(name) ?? families.get(base);
    expect(family, name).toBeDefined();
    if (family?.type === 'histogram') expect(name, query).not.toBe(base);
    const samples = family?.samples ?? [];
    for (const label of samples.flatMap(({ labels }) => Object.keys(labels))) known.add(label);
    for (const [, label = '', how, value = ''] of matchers.matchAll(/(\w+)(=~|=)"([^"]*)"/g)) {
      const fits = (given = ''): boolean =>
        how === '=' ? given === value : new RegExp(`^(?:${value})$`).test(given);
      expect(
        samples.some(({ labels }) => fits(labels[label])),
        `${name} ${label}`,
      ).toBe(true);
    }
  }
  for (const [, by = ''] of query.matchAll(/\bby \(([^)]*)\)/g))
    for (const label of by.split(',')) expect([...known], query).toContain(label.trim());
  expect(query.split('(').length, query).toBe(query.split(')').length);
}

describe('Prometheus', () => {
  it('asks every copy of the bot, on its port', async () => {
    const { scrape_configs: jobs, rule_files: rules } = z
      .looseObject({
        rule_files: z.array(z.string()),
        scrape_configs: z.array(
          z.looseObject({
            job_name: z.string(),
            dns_sd_configs: z.array(
              z.looseObject({ names: z.array(z.string()), type: z.string(), port: z.string() }),
            ),
          }),
        ),
      })
      .parse(await readYaml(read('.deploy/prometheus.yaml')));
    const found = jobs.flatMap((job) => job.dns_sd_configs);
    for (const name of found.flatMap((one) => one.names)) expect(names).toContain(name);
    expect(found).toMatchObject([{ type: 'A', port: services['counter']?.environment['PORT'] }]);
    const mounted = services['prometheus']?.volumes.join('\n') ?? '';
    for (const file of rules) expect(mounted).toContain(`/etc/prometheus/${file}:ro`);
  });

  const ruleSchema = z.object({
    alert: z.string(),
    expr: z.string(),
    for: z.string().regex(/^\d+[smh]$/),
    annotations: z.object({ summary: z.string().min(10) }),
  });

  it('watches by figures that the bot gives, and the README says what each alert means', async () => {
    const { groups } = z
      .object({ groups: z.array(z.object({ name: z.string(), rules: z.array(ruleSchema) })) })
      .parse(await readYaml(read('.deploy/alerts.yaml')));
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { expr } of rules) expectKnown(expr);
    const explained = [...read('README.md').matchAll(/^\| `([A-Z]\w+)`\s*\|/gm)].map(([, name]) => name);
    for (const { alert } of rules) expect(explained, alert).toContain(alert);
  });
});

describe('Grafana', () => {
  it('finds the figures by itself', async () => {
    const { datasources } = z
      .looseObject({
        datasources: z.array(z.looseObject({ uid: z.string(), type: z.string(), url: z.string() })),
      })
      .parse(await readYaml(read('.deploy/grafana/datasource.yaml')));
    expect(datasources).toMatchObject([
      { uid: dashboard.panels[0]?.datasource.uid, type: 'prometheus', url: 'http://prometheus:9090' },
    ]);
  });

  it('has the dashboard where it looks for it', async () => {
    const { providers } = z
      .looseObject({ providers: z.array(z.looseObject({ options: z.object({ path: z.string() }) })) })
      .parse(await readYaml(read('.deploy/grafana/dashboards.yaml')));
    const mounted = services['grafana']?.volumes.join('\n') ?? '';
    for (const { options } of providers) expect(mounted).toContain(`${options.path}/counter.json:ro`);
  });

  const dashboard = z
    .looseObject({
      uid: z.string(),
      panels: z.array(
        z.looseObject({
          id: z.number(),
          title: z.string(),
          datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }),
          targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })),
        }),
      ),
    })
    .parse(JSON.parse(read('.deploy/grafana/counter.json')));

  it.each(dashboard.panels.map(({ title, targets }) => [title, targets] as const))(
    'shows what the bot gives: %s',
    (_, targets) => {
      for (const { expr } of targets) expectKnown(expr);
    },
  );

  it('shows everything that the bot gives', () => {
    const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n');
    for (const name of families.keys()) expect(shown).toContain(name);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
