// A provider that says anything: any status, JSON of any shape or none, in any dress. The client never says more than it was
// told, never sends twice, waits no longer than it may, and lets nothing slip into a log or an error; an order behind it
// ends only by a word that was really said, and the money adds up whatever came.

import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ProviderFault } from '../../src/app/ports.ts';
import { readEnvelope } from '../../src/oneclickdz/envelope.ts';
import { readSent } from '../../src/oneclickdz/wire.ts';
import { dinars } from '../../src/domain/money.ts';
import { openCounter } from '../bot/open-counter.ts';
import { AGENT, fill, openWallets } from '../bot/wallet-shop.ts';
import { KEY, line, openBench, ref } from '../oneclickdz/bench.ts';
import type { Asked, Reply, Said } from '../oneclickdz/scripted-server.ts';
import { bend, bent, oddJson, oddNumber, oddText, type Bend } from './odd.ts';
import { runs } from './runs.ts';

const CODE = '998877665544';
const NUMBER = line('ADSL', '036362608');
const REF = ref('t-hostile-0001');

const topup = {
  ...{ _id: 'a1', ref: REF, status: 'FULFILLED', type: 'ADSL', number: NUMBER, topup_amount: 1000 },
  ...{ card_code: CODE, num_trans: 'AT-1', date_traitement: '2026-11-21', refund_message: null },
};

/** What a good answer holds, by the path that was asked. */
const SAMPLES: readonly (readonly [path: RegExp, data: object])[] = [
  [
    /^validate/,
    { username: '+213658535537', apiKey: { type: 'PRODUCTION', isEnabled: true, scope: 'READ-WRITE' } },
  ],
  [/^ping/, { api: 'OK' }],
  [
    /products/,
    { products: [500, 1000, 2000].map((value) => ({ value, cost: value * 0.98, available: true })) },
  ],
  [/balance/, { balance: 125_000.5, currency: 'DZD' }],
  [/check-number/, { offre: 'IDOOM 10M', type: 'ADSL', ncli: '77' }],
  [/send/, { topupId: 'a1', topupRef: `API-x-${REF}` }],
  [/list/, { topups: [topup, topup], pagination: { totalPages: 1, hasNextPage: false } }],
  [/transactions/, { items: [{ _id: 'x1', type: 'OUT', operation: 'topup', amount: 980, time: 'now' }] }],
  [/check-(?:id|ref)/, topup],
];

const sampleFor = (path: string): object => SAMPLES.find(([of]) => of.test(path))?.[1] ?? {};

/** An answer that is yet to be asked for. */
interface Odd {
  readonly status: number;
  readonly dress: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'good' }
    | { readonly kind: 'bent'; readonly bends: readonly Bend[] }
    | { readonly kind: 'field'; readonly field: number; readonly value: unknown }
    | { readonly kind: 'status'; readonly word: string }
    | { readonly kind: 'error'; readonly error: unknown }
    | { readonly kind: 'json'; readonly value: unknown }
    | { readonly kind: 'text'; readonly text: string };
}

const PAGE = '<!doctype html><html><body><h1>502 Bad Gateway</h1>nginx</body></html>';

const body: fc.Arbitrary<Odd['body']> = fc.oneof(
  fc.constant({ kind: 'good' }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('bent'),
      bends: fc.array(bend, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant('field'), field: fc.nat(12) },
      value: fc.oneof(oddNumber, oddText, oddJson, fc.constantFrom(-1, '-980.50', 'NaN', null, 0, 1e15)),
    }),
  },
  fc.record({
    kind: fc.constant('status'),
    word: fc.oneof(
      fc.constantFrom(
        'HANDLING',
        'QUEUED',
        'FULFILLED',
        'REFUNDED',
        'SUCCESS',
        'refunded ',
        'PENDING_REVIEW',
        '',
      ),
      oddText,
    ),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('error'),
      error: fc.oneof(
        oddJson,
        fc.record({
          code: fc.constantFrom<unknown>(
            ...['ERR_PHONE', 'ERR_STOCK', 'NO_BALANCE', 'DUPLICATED_REF', 'ERR_VALIDATION', 'INTERNAL', KEY],
            ...[
              'INVALID_ACCESS_TOKEN',
              'IP_BLOCKED',
              'AUTH_UNAVAILABLE',
              'ROUTE_NOT_FOUND',
              7,
              null,
              'ERR_AUTH',
            ],
          ),
          message: fc.oneof(oddText, fc.constant(`token ${KEY}, card ${CODE}, line ${NUMBER}`)),
          details: fc.oneof(oddJson, fc.constant({ type: '4G', number: NUMBER })),
        }),
      ),
    }),
  },
  { weight: 2, arbitrary: oddJson.map((value) => ({ kind: 'json' as const, value })) },
  fc
    .oneof(
      fc.constantFrom(
        '',
        ' ',
        PAGE,
        `<pre>${KEY} ${CODE}</pre>`,
        '{"success":true,"data":{',
        '\uFEFF{}',
        'null',
        '[]',
      ),
      fc.constantFrom('[['.repeat(20_000), '{"a":'.repeat(20_000), `"${'9'.repeat(300_000)}"`, '1e999', '-'),
      fc.string({ unit: 'binary' }),
    )
    .map((text) => ({ kind: 'text' as const, text })),
);

const KNOWN = [
  200, 200, 200, 200, 201, 202, 204, 205, 206, 300, 302, 304, 400, 402, 403, 404, 405, 408, 409, 421,
];
const status = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KNOWN, 422, 429, 451, 500, 501, 502, 503, 504, 599) },
  { weight: 2, arbitrary: fc.integer({ min: 200, max: 599 }) },
  // Of these the client hears nothing; each costs a deadline.
  { weight: 1, arbitrary: fc.constantFrom(401, 102, 103, 150, 199) },
);

const dress = fc.record(
  {
    'content-type': fc.constantFrom(
      'text/html',
      'text/plain; charset=utf-16',
      'image/png',
      'application/json',
      ';;',
      '',
    ),
    'retry-after': fc.constantFrom(
      '0',
      '2',
      '1.2345',
      '999999999',
      '-5',
      'soon',
      'Wed, 21 Oct 2065 07:28:00 GMT',
      '1e9',
    ),
    'x-request-id': fc.constantFrom('req-1', KEY, 'x'.repeat(500), '../..', ''),
    'content-encoding': fc.constantFrom('gzip', 'br', 'nonsense'),
    location: fc.constantFrom('/v3/validate', 'http://127.0.0.1:9/', `//x?key=${KEY}`),
  },
  { requiredKeys: [] },
);

const odd: fc.Arbitrary<Odd | 'drop'> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ status, dress, body }) },
  { weight: 1, arbitrary: fc.constant('drop') },
);

/** A sample with one of its own fields, or one of its first item's, put to something else. */
function withField(data: object, field: number, value: unknown): object {
  const fields: readonly (readonly [name: string, value: unknown])[] = Object.entries(data);
  const isList = (one: unknown): one is readonly unknown[] => Array.isArray(one);
  const first = fields.map(([, one]) => one).find(isList)?.[0];
  const inner: unknown = first ?? data;
  if (typeof inner !== 'object' || inner === null) return data;
  const keys = Object.keys(inner);
  const key = keys[field % Math.max(1, keys.length)] ?? 'x';
  const altered = { ...inner, [key]: value };
  if (first === undefined) return altered;
  return Object.fromEntries(
    fields.map(([name, one]) => [name, isList(one) ? [altered, ...one.slice(1)] : one]),
  );
}

function bodyOf({ body: about }: Odd, { path }: Asked): unknown {
  const data = sampleFor(path);
  switch (about.kind) {
    case 'good':
      return { success: true, data };
    case 'bent':
      return bent({ success: true, data, meta: { requestId: 'r1' } }, about.bends);
    case 'field':
      return { success: true, data: withField(data, about.field, about.value) };
    case 'status':
      return { success: true, data: { ...data, status: about.word } };
    case 'error':
      return { success: false, error: about.error, requestId: 'r2' };
    case 'json':
      return about.value ?? 'null';
    case 'text':
      return about.text;
  }
}

function replyTo(one: Odd | 'drop', asked: Asked): Reply {
  if (one === 'drop') return one;
  const { status: code, dress: headers } = one;
  return { status: code, headers, body: bodyOf(one, asked) } satisfies Said;
}

const isAmount = (value: unknown): boolean => Number.isSafeInteger(value);
const isSaid = (text: unknown): boolean =>
  text === null ||
  (typeof text === 'string' &&
    text.isWellFormed() &&
    !/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u.test(text));

/** What a person's call may wait, and what polling may that was told to come back much later, in ms of the client's time. */
const LONGEST_WAIT_MS = { person: 60_000, worker: 45 * 60_000 };

test('whatever the provider answers, each call ends in what it may end in, and tells no secret', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(odd, { minLength: 1, maxLength: 6 }), async (answers) => {
      await using bench = await openBench(
        (asked, count) => replyTo(answers[count % answers.length] ?? 'drop', asked),
        { deadlines: { getMs: 150, sendMs: 150 } },
      );
      const { topups, time, facts, server } = bench;
      const faults: unknown[] = [];
      async function may<T>(
        call: () => Promise<T>,
        check: (value: T) => void,
        whose: 'person' | 'worker' = 'worker',
      ): Promise<void> {
        const waited = time.slept.length;
        try {
          check(await call());
        } catch (error) {
          if (!(error instanceof ProviderFault)) throw error;
          faults.push(error);
        }
        const slept = time.slept.slice(waited).reduce((sum, ms) => sum + ms, 0);
        expect(slept).toBeLessThanOrEqual(LONGEST_WAIT_MS[whose]);
      }
      const checkFound = (found: Awaited<ReturnType<typeof topups.byId>>): void => {
        if (found.kind === 'not-found') return;
        const { topup: one } = found;
        for (const text of [one.code, one.transactionNo, one.processedAt, one.note])
          expect(text).toSatisfy(isSaid);
        expect(one.value ?? 0).toSatisfy(isAmount);
        expect(one.topupId).toMatch(/^[^\s/\\]{1,128}$/u);
      };
      await may(
        () => topups.validate(),
        ({ username }) => expect(username.length).toBeGreaterThan(0),
        'person',
      );
      await may(
        () => topups.offers('ADSL', 'person'),
        (offers) => {
          for (const { value, cost } of offers) {
            expect(value > 0 && value % 100 === 0 && cost > 0).toBe(true);
            expect([value, cost].every(isAmount)).toBe(true);
          }
        },
        'person',
      );
      await may(
        () => topups.balance('person'),
        (balance) => expect(balance).toSatisfy(isAmount),
        'person',
      );
      await may(
        () => topups.ping(),
        ({ up }) => expect(typeof up).toBe('boolean'),
      );
      await may(
        () => topups.checkLine('ADSL', NUMBER),
        (check) => expect('offer' in check ? check.offer : null).toSatisfy(isSaid),
        'person',
      );
      await may(() => topups.byId('a1', 'worker'), checkFound);
      await may(() => topups.byRef(REF, 'worker'), checkFound);
      await may(
        () => topups.list({ from: 0, to: 1 }, 1, 'worker'),
        ({ hasMore }) => expect(typeof hasMore).toBe('boolean'),
      );
      await may(
        () => topups.transactions(1),
        ({ transactions }) => {
          for (const { amount } of transactions) expect(amount).toSatisfy(isAmount);
        },
      );
      const sent = await topups.send({ service: 'ADSL', line: NUMBER, value: dinars(500), ref: REF });
      expect(['accepted', 'refused', 'duplicate-ref', 'not-executed', 'doubt']).toContain(sent.kind);
      if (sent.kind === 'not-executed') expect(sent.waitMs).toSatisfy((ms: number) => ms > 0 && ms <= 60_000);
      expect(server.asked.filter(({ path }) => path === 'internet/send').length).toBeLessThanOrEqual(1);
      for (const text of [
        inspect([faults, facts], { depth: 10, showHidden: true }),
        JSON.stringify([faults, facts]),
      ])
        for (const secret of [KEY, KEY.toUpperCase(), CODE, NUMBER]) expect(text).not.toContain(secret);
    }),
    runs(130),
  );
});

/** What was said in answer to a purchase, as far as it can be read. */
interface Sends {
  count: number;
  notExecuted: number;
  refused: number;
  accepted: number;
}

function hear(sends: Sends, reply: Reply): void {
  sends.count += 1;
  if (typeof reply === 'string') return;
  const { status: code = 200, body: told } = reply;
  const envelope = readEnvelope(typeof told === 'string' ? undefined : told);
  const isYes = code >= 200 && code < 300 && envelope.kind === 'ok';
  if (isYes && readSent(envelope.data) !== undefined) sends.accepted += 1;
  else if (code === 429 || (envelope.kind === 'error' && envelope.code === 'AUTH_UNAVAILABLE'))
    sends.notExecuted += 1;
  else if (code >= 400 || envelope.kind === 'error') sends.refused += 1;
}

test('an order behind such a provider ends only by a word that was said, and the books are right', async () => {
  const history = fc.record({
    quoted: fc.array(odd, { maxLength: 4 }),
    bought: fc.array(odd, { minLength: 1, maxLength: 14 }),
    end: fc.constantFrom('FULFILLED', 'REFUNDED'),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ quoted, bought, end }) => {
      const counter = await openCounter();
      let answers: readonly (Odd | 'drop' | 'good')[] = ['good'];
      let asked = 0;
      const words: string[] = [];
      const sends: Sends = { count: 0, notExecuted: 0, refused: 0, accepted: 0 };
      const { clock, topups, store } = counter.shop;
      await using bench = await openBench(
        (about) => {
          const one = answers[(asked += 1) % answers.length] ?? 'good';
          const { body: sent } = about;
          const data = {
            ...sampleFor(about.path),
            ...(about.path.includes('check-') ? { status: end } : {}),
          };
          const reply: Reply = one === 'good' ? { body: { success: true, data } } : replyTo(one, about);
          if (about.path.includes('send') && sent !== '') hear(sends, reply);
          words.push(JSON.stringify(reply).toUpperCase());
          return reply;
        },
        {
          deadlines: { getMs: 150, sendMs: 150 },
          time: {
            clock: clock.now,
            slept: [],
            sleep: (ms) => {
              clock.pass(ms);
              return Promise.resolve();
            },
            advance: () => Promise.resolve(),
          },
        },
      );
      try {
        Object.assign(topups, bench.topups);
        await openWallets(counter);
        await fill(counter, AGENT, 5000);
        answers = quoted.length === 0 ? ['good'] : quoted;
        for (const text of ['/topup 036362608 1000', '036362608', '/balance']) await counter.say(text, AGENT);
        for (const text of ['/prices', '/balance', '/today']) await counter.say(text);
        expect(await store.wallet(AGENT)).toMatchObject({ held: 0, taken: 0 });
        answers = ['good'];
        await counter.say('/topup 036362608 1000', AGENT);
        if (counter.labels(AGENT).join().includes('Payer')) await counter.press('Payer', AGENT);
        answers = bought;
        for (let turns = 0; turns < 12; turns += 1) await counter.work();
        answers = ['good'];
        for (let turns = 0; turns < 40; turns += 1) await counter.work();
        const [order] = store.all();
        const said = words.join('\n');
        const name = order?.state.name ?? 'none';
        if (name === 'fulfilled') expect(said).toMatch(/FULFILLED|SUCCESS/u);
        if (name === 'refunded') expect(said).toContain('REFUNDED');
        if (name === 'rejected')
          expect([sends.accepted, sends.refused + sends.notExecuted > 0]).toEqual([0, true]);
        expect(['none', 'fulfilled', 'refunded', 'rejected', 'review', 'confirmed', 'unknown']).toContain(
          name,
        );
        expect(sends.count).toBeLessThanOrEqual(2 + sends.notExecuted);
        store.audit();
        const { failures, malformed } = counter;
        expect({ failures, malformed }).toEqual({ failures: [], malformed: [] });
      } finally {
        await counter.close();
      }
    }),
    runs(40),
  );
});
