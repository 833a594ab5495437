// What one process hears of the provider, all know a moment later: that it wants quiet, that it refuses the key, and that
// it takes it again.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SharedTraffic } from '../../../src/app/sharing.ts';
import { createTopups, type HaltDetail, type TopupsClient } from '../../../src/oneclickdz/client.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { createListener } from '../../../src/store/postgres/listener.ts';
import { openTraffic } from '../../../src/store/postgres/traffic.ts';
import { still } from '../../contract/under-test.ts';
import { codeOf, heldTime, KEY } from '../../oneclickdz/bench.ts';
import { no, ok, startScripted, type Reply } from '../../oneclickdz/scripted-server.ts';
import { describeOnPostgres } from './with-postgres.ts';

interface Client {
  readonly topups: TopupsClient;
  readonly halts: HaltDetail[];
  readonly shared: SharedTraffic;
}

let shops = 0;
const moment = { timeout: 10_000 };

describeOnPostgres('what several processes hear of the provider', ({ ask, open, server }) => {
  async function traffic(schema: string, key: string) {
    const { url } = server();
    const database = openDatabase({ url, schema, sleep });
    const listener = createListener({ url, sleep });
    const failures: unknown[] = [];
    const shared = await openTraffic({
      ...{ database, listener, key, sleep },
      failed: (error) => failures.push(error),
    });
    onTestFinished(async () => {
      await listener.close();
      await database.close();
    });
    return { shared, failures, listen: () => listener.start() };
  }
  async function shop(): Promise<string> {
    const schema = `traffic${(shops += 1)}`;
    await open(still, schema);
    return schema;
  }

  /** A process that only listens. */
  async function ear(schema: string, key = 'a') {
    const { shared, failures, listen } = await traffic(schema, key);
    const heard: unknown[] = [];
    shared.hear({
      paused: ({ refusals }) => heard.push(refusals),
      refused: (flaw) => heard.push(flaw),
      accepted: () => heard.push('accepted'),
    });
    await listen();
    return { shared, heard, failures };
  }

  /** Clients of one provider, each as a process of its own. */
  async function shopping(schema: string, reply: () => Reply) {
    const provider = await startScripted(reply);
    onTestFinished(() => provider[Symbol.asyncDispose]());
    const start = async (): Promise<Client> => {
      const { shared, listen } = await traffic(schema, 'a');
      const halts: HaltDetail[] = [];
      const time = heldTime();
      const topups = createTopups({
        ...{ apiKey: KEY, baseUrl: provider.url, clock: time.clock, shared },
        rate: { perSecond: 1_000, burst: 1_000 },
        sleep: time.sleep,
        random: () => 0.5,
        onHalt: (detail) => void halts.push(detail),
      });
      await listen();
      return { topups, halts, shared };
    };
    return { provider, start };
  }

  test('a key that one process saw refused stops all of them, and one that works again lets all go on', async () => {
    const schema = await shop();
    let reply: Reply = ok({ balance: 1 });
    const { provider, start } = await shopping(schema, () => reply);
    const [a, b] = [await start(), await start()];
    for (const { topups } of [a, b]) expect(await topups.balance('person')).toBe(100);
    reply = no(401, 'INVALID_ACCESS_TOKEN');
    expect(await codeOf(a.topups.balance('person'))).toBe('no-access');
    await vi.waitFor(() => expect(b.topups.halted()).toBe(true), moment);
    expect(await codeOf(b.topups.balance('worker'))).toBe('no-access');
    expect([a.halts, b.halts]).toEqual([['key'], ['key']]);
    expect(provider.asked).toHaveLength(3);

    // One that begins now is not to try at once what was just refused; a restart a minute later tries it once.
    const early = await start();
    expect(early.shared.before?.tryInMs).toBeGreaterThan(50_000);
    expect(await codeOf(early.topups.validate())).toBe('no-access');
    await ask(schema, 'UPDATE provider_keys SET next_try_at = now()');
    const tries = await start();
    expect(tries.shared.before).toEqual({ flaw: 'key', tryInMs: 0 });
    expect(await codeOf(tries.topups.balance('person'))).toBe('no-access');
    expect(provider.asked).toHaveLength(4);
    const refusals = () => ask(schema, 'SELECT changes FROM provider_keys');
    await vi.waitFor(async () => expect(await refusals()).toEqual([{ changes: 2 }]), moment);

    reply = ok({ balance: 2 });
    await ask(schema, 'UPDATE provider_keys SET next_try_at = now()');
    const cured = await start();
    expect(await cured.topups.balance('person')).toBe(200);
    for (const { topups } of [a, b, early, tries])
      await vi.waitFor(() => expect(topups.halted()).toBe(false), moment);
    expect(await b.topups.balance('worker')).toBe(200);
    expect((await start()).shared.before).toBeUndefined();
  });

  test('a blocked address is one machine’s own: the others look for themselves, one call at a time', async () => {
    const schema = await shop();
    let reply: Reply = ok({ balance: 1 });
    const { provider, start } = await shopping(schema, () => reply);
    const [a, b, c] = [await start(), await start(), await ear(schema)];
    for (const { topups } of [a, b]) await topups.balance('person');
    reply = no(403, 'IP_BLOCKED');
    expect(await codeOf(a.topups.balance('person'))).toBe('no-access');
    await vi.waitFor(() => expect(c.heard).toContain('address'), moment);
    expect(b.topups.halted()).toBe(false);
    expect(await Promise.all([1, 2, 3].map(() => codeOf(b.topups.balance('person'))))).toEqual(
      Array(3).fill('no-access'),
    );
    expect(provider.asked).toHaveLength(4);
    // And a machine that is not blocked frees nobody who is.
    reply = ok({ balance: 1 });
    await (await start()).topups.balance('person');
    await vi.waitFor(() => expect(c.heard).toContain('accepted'), moment);
    expect([a, b].map(({ topups }) => topups.halted())).toEqual([true, true]);
  });

  test('one key’s trouble is no other key’s, and outweighs an address’s', async () => {
    const schema = await shop();
    const [a, b, other] = [await ear(schema), await ear(schema), await ear(schema, 'other')];
    a.shared.refuse('disabled');
    await vi.waitFor(() => expect(b.heard).toEqual(['disabled']), moment);
    b.shared.refuse('address');
    await vi.waitFor(() => expect(a.heard).toEqual(['disabled']), moment);
    other.shared.accept();
    b.shared.accept();
    await vi.waitFor(() => expect(a.heard.at(-1)).toBe('accepted'), moment);
    expect(other.heard).toEqual([]);
  });

  test('a key that was taken before it was refused does not count', async () => {
    const schema = await shop();
    const [a, b] = [await ear(schema), await ear(schema)];
    await server().cut();
    a.shared.refuse('key');
    // Its answer is older than the refusal, of which it has not heard.
    b.shared.accept();
    await vi.waitFor(() => expect(b.heard).toEqual(['key']), moment);
    expect(await ask(schema, 'SELECT flaw FROM provider_keys')).toEqual([{ flaw: 'key' }]);
  });

  test('a pause that one was told holds the polling of all, at once', async () => {
    const schema = await shop();
    const [a, b] = [await ear(schema), await ear(schema)];
    a.shared.pause({ ms: 60_000, refusals: 4 });
    // Perhaps more than once: by what is said, and by looking when the line begins.
    await vi.waitFor(() => expect(b.heard).toContain(4), moment);
    const turn = await b.shared.turn({ priority: 'worker', perSecond: 2, burst: 5, mostMs: 10_000 });
    expect(turn).toMatchObject({ kind: 'later', pause: { refusals: 4 } });
    const late = await ear(schema);
    await vi.waitFor(() => expect(late.heard).toContain(4), moment);
  });

  test('a refusal that the database did not take is told as soon as it takes one, though nobody says a word', async () => {
    const schema = await shop();
    const [a, b] = [await ear(schema), await ear(schema)];
    await ask(schema, 'ALTER TABLE provider_keys RENAME TO elsewhere');
    a.shared.refuse('key');
    await vi.waitFor(() => expect(a.failures.length).toBeGreaterThan(0), moment);
    await ask(schema, 'ALTER TABLE elsewhere RENAME TO provider_keys');
    await vi.waitFor(() => expect(b.heard).toEqual(['key']), moment);
    expect(await ask(schema, 'SELECT flaw, changes FROM provider_keys')).toEqual([
      { flaw: 'key', changes: 1 },
    ]);
  });

  test('a refusal while the line is broken is heard when it is back, and one that could not be told is told then', async () => {
    const schema = await shop();
    const [a, b] = [await ear(schema), await ear(schema)];
    await server().cut();
    a.shared.refuse('key');
    await vi.waitFor(() => expect(b.heard).toEqual(['key']), moment);
    a.shared.accept();
    await vi.waitFor(() => expect(b.heard).toEqual(['key', 'accepted']), moment);
    await server().crash();
    a.shared.refuse('disabled');
    await vi.waitFor(() => expect(a.failures.length).toBeGreaterThan(0), moment);
    await server().start();
    await vi.waitFor(() => expect(b.heard).toEqual(['key', 'accepted', 'disabled']), moment);
  });
});
