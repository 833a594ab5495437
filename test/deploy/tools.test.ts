// What ships for a shop of several processes, read by the programs that it is for, where this machine has them: `.ci/run`
// installs all three.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const DEPLOY = join(ROOT, '.deploy');
const SETTINGS = {
  WEBHOOK_URL: 'https://bot.example.com',
  CARD_KEY: 'ab'.repeat(32),
  POSTGRES_PASSWORD: 'password',
  GRAFANA_PASSWORD: 'password',
};

const isHere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

function describeWith(program: string, suite: () => void): void {
  if (isHere(program)) describe(program, suite);
  else describe.skip(`${program} (left out: it is not on this machine)`, suite);
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describeWith('promtool', () => {
  it('takes what Prometheus is started with, and the rules that it names', async () => {
    const { stdout } = await run('promtool', ['check', 'config', join(DEPLOY, 'prometheus.yaml')]);
    expect(stdout).toContain('1 rule files found');
    expect(stdout).not.toContain('FAILED');
  });

  it('raises an alert when no copy answers, when the last order is late, and when people wait, and none otherwise', async () => {
    const folder = await emptyFolder();
    const path = join(folder, 'cases.yaml');
    await writeFile(path, CASES);
    const { stdout } = await run('promtool', ['test', 'rules', path]);
    expect(stdout).toContain('SUCCESS');
  });
});

const CASES = `
rule_files: ['${join(DEPLOY, 'alerts.yaml')}']
evaluation_interval: 15s
tests:
  - interval: 15s
    input_series:
      - series: 'up{job="counter", instance="a"}'
        values: '1x20 0x20'
      - series: 'up{job="counter", instance="b"}'
        values: '0x40'
      - series: 'recharge_worker_lag_seconds{instance="a"}'
        values: '0x20 300x20'
      - series: 'recharge_updates_lag_seconds{instance="a"}'
        values: '2x20 90x20'
      - series: 'recharge_store_up{instance="a"}'
        values: '1x40'
    alert_rule_test:
      - { eval_time: 4m, alertname: CounterDown, exp_alerts: [] }
      - { eval_time: 4m, alertname: OrdersLate, exp_alerts: [] }
      - eval_time: 9m
        alertname: CounterDown
        exp_alerts: [{ exp_annotations: { summary: No copy of the bot answers. } }]
      - eval_time: 9m
        alertname: OrdersLate
        exp_alerts: [{ exp_annotations: { summary: Orders are due and nobody moves them. } }]
      - { eval_time: 4m, alertname: UpdatesLate, exp_alerts: [] }
      - eval_time: 9m
        alertname: UpdatesLate
        exp_alerts: [{ exp_annotations: { summary: What people wrote waits and nobody answers. } }]
      - { eval_time: 9m, alertname: StoreDown, exp_alerts: [] }
`;

describeWith('caddy', () => {
  it('takes the door, and lets nothing but calls of Telegram through', async () => {
    const home = await emptyFolder();
    const path = join(home, 'Caddyfile');
    // The one of Debian is older than this word.
    const text = (await readFile(join(DEPLOY, 'Caddyfile'), 'utf8')).replace(
      'request_buffers 8MB',
      'buffer_requests',
    );
    await writeFile(path, text);
    const { stdout } = await run(
      'caddy',
      ['adapt', '--validate', '--adapter', 'caddyfile', '--config', path],
      { env: { ...process.env, ...SETTINGS, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home } },
    );
    expect(stdout).toContain('"host":["bot.example.com"]');
    expect(stdout).toContain('"method":["POST"],"path":["/telegram"]');
    expect(stdout.match(/"handler":"reverse_proxy"/gu)).toHaveLength(1);
  });
});

describeWith('docker-compose', () => {
  it.each(['compose.yaml', '.deploy/compose.yaml'])('takes %s', async (file) => {
    const folder = await emptyFolder();
    const settings = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(folder, '.env'), settings.join(''));
    // The one without an engine is older than a project's name in the file.
    const text = (await readFile(join(ROOT, file), 'utf8')).replace(/^name: .*$/mu, '');
    await writeFile(join(folder, 'compose.yaml'), text);
    const { stdout } = await run('docker-compose', ['--project-directory', folder, 'config'], {
      cwd: folder,
    });
    expect(stdout).toContain('stop_grace_period');
  });
});
