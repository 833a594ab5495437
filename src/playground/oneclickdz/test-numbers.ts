// The numbers that pick their own outcome, as one table: the stand-in obeys it, the README lists it, a test
// compares the two. The delivered ones are the samples of the provider's pages; the others are synthetic.
import type { Course, Lookup, Lost, Outcome, ServiceType } from './outcome.ts';

/** One number a person can type to see one behaviour of the provider. */
export type TestNumber = {
  readonly service: ServiceType;
  readonly number: string;
  /** What `send` does with it. */
  readonly outcome: Outcome;
  /** What check-number says about it. */
  readonly lookup: Lookup;
  readonly meaning: string;
};

type Row = { readonly outcome: Outcome; readonly meaning: string; readonly lookup?: Lookup };

const delivered: Course = { kind: 'fulfilled' };
const errPhone: Outcome = { kind: 'refused', code: 'ERR_PHONE', status: 400 };
const otherService = { ADSL: 'this number is a 4G line', '4G': 'this number is an ADSL line' } as const;

function rows(service: ServiceType): readonly Row[] {
  return [
    { outcome: { kind: 'fulfilled', afterMs: 0 }, meaning: 'delivered at once' },
    { outcome: { kind: 'fulfilled', afterMs: 40_000 }, meaning: 'delivered slowly, after 40 s' },
    {
      outcome: { kind: 'refunded', message: 'تعذر شحن هذا الخط' },
      meaning: 'refunded by the provider, with a reason',
    },
    { outcome: { kind: 'queued' }, meaning: 'queued until it is finished by hand' },
    {
      outcome: { kind: 'unknown-word', word: 'PENDING_REVIEW' },
      meaning: 'takes a status nobody knows (PENDING_REVIEW)',
    },
    { outcome: lost('hang', true), meaning: 'accepted, but send never answers' },
    { outcome: lost('drop', false), meaning: 'connection cut before acceptance; the next try is accepted' },
    { outcome: lost('drop', true), meaning: 'connection cut after acceptance' },
    { outcome: lost('500', true), meaning: 'error 500 although it was accepted' },
    { outcome: lost('500', false), meaning: 'error 500, not accepted; the next try is accepted' },
    {
      outcome: { kind: 'refused', code: 'SERVICE_UNAVAILABLE', status: 503, then: delivered },
      meaning: 'error 503, not accepted; the next try is accepted',
    },
    {
      outcome: { kind: 'throttled', retryAfterSeconds: 2 },
      meaning: 'error 429 with Retry-After: 2; the next try is accepted',
    },
    { outcome: lost('html', true), meaning: 'a proxy page (HTML, 502) although it was accepted' },
    {
      outcome: { ...lost('drop', true), prefixedRef: true },
      meaning: 'connection cut after acceptance, reference kept only in its prefixed form',
    },
    { outcome: { kind: 'refused', code: 'ERR_STOCK', status: 400 }, meaning: 'out of stock at send' },
    {
      outcome: { kind: 'refused', code: 'NO_BALANCE', status: 403 },
      meaning: "the shop's provider balance is too low at send",
    },
    {
      outcome: errPhone,
      lookup: { kind: 'not-a-line', reason: 'no active line has this number' },
      meaning: 'wrong number: check-number refuses it',
    },
    {
      outcome: errPhone,
      lookup: { kind: 'not-a-line', reason: otherService[service] },
      meaning: `wrong service: ${otherService[service]}`,
    },
    {
      outcome: delivered,
      lookup: { kind: 'unavailable' },
      meaning: 'check-number is out of order (503)',
    },
    { outcome: { kind: 'stuck' }, meaning: 'stays in HANDLING until it is finished by hand' },
  ];
}

function lost(how: Lost['how'], accepted: boolean): Lost {
  return { kind: 'lost', how, accepted, then: delivered };
}

function block(service: ServiceType, sample: string, prefix: string): readonly TestNumber[] {
  const first: Row = { outcome: delivered, meaning: 'delivered after the default delay (3 s)' };
  return [first, ...rows(service)].map((row, index) => ({
    service,
    number: index === 0 ? sample : `${prefix}${String(index).padStart(2, '0')}`,
    outcome: row.outcome,
    lookup: row.lookup ?? { kind: 'line' },
    meaning: row.meaning,
  }));
}

/** Every number with a behaviour of its own: the provider's documented sample, then 01…20 of a synthetic block. */
export const testNumbers: readonly TestNumber[] = [
  ...block('ADSL', '036362608', '0360000'),
  ...block('4G', '213472731602', '2134700000'),
];
