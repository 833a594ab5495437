// The numbers that pick their own outcome, as one table: the stand-in obeys it, the README lists it, a test
// compares the two. The delivered ones are the samples of the provider's pages; the others are synthetic.
import type { Course, Lookup, Lost, Outcome, ServiceType } from './outcome.ts';

/** One number a person can type to see one behaviour of the provider. */
export type TestNumber = {
  readonly service: ServiceType;
  readonly number: string;
  /** A name for the behaviour, the same for both services; by it the page says the meaning in other languages. */
  readonly behaviour: string;
  /** What `send` does with it. */
  readonly outcome: Outcome;
  /** What check-number says about it. */
  readonly lookup: Lookup;
  readonly meaning: string;
};

type Row = Pick<TestNumber, 'behaviour' | 'outcome' | 'meaning'> & { readonly lookup?: Lookup };

const delivered: Course = { kind: 'fulfilled' };
const errPhone: Outcome = { kind: 'refused', code: 'ERR_PHONE', status: 400 };
const otherService = { ADSL: 'this number is a 4G line', '4G': 'this number is an ADSL line' } as const;

function rows(service: ServiceType): readonly Row[] {
  return [
    { behaviour: 'at-once', outcome: { kind: 'fulfilled', afterMs: 0 }, meaning: 'delivered at once' },
    {
      behaviour: 'slow',
      outcome: { kind: 'fulfilled', afterMs: 40_000 },
      meaning: 'delivered slowly, after 40 s',
    },
    {
      behaviour: 'refunded',
      outcome: { kind: 'refunded', message: 'تعذر شحن هذا الخط' },
      meaning: 'refunded by the provider, with a reason',
    },
    { behaviour: 'queued', outcome: { kind: 'queued' }, meaning: 'queued until it is finished by hand' },
    {
      behaviour: 'unknown-word',
      outcome: { kind: 'unknown-word', word: 'PENDING_REVIEW' },
      meaning: 'takes a status nobody knows (PENDING_REVIEW)',
    },
    {
      behaviour: 'never-answers',
      outcome: lost('hang', true),
      meaning: 'accepted, but send never answers',
    },
    {
      behaviour: 'cut-before',
      outcome: lost('drop', false),
      meaning: 'connection cut before acceptance; the next try is accepted',
    },
    { behaviour: 'cut-after', outcome: lost('drop', true), meaning: 'connection cut after acceptance' },
    {
      behaviour: 'error-500-accepted',
      outcome: lost('500', true),
      meaning: 'error 500 although it was accepted',
    },
    {
      behaviour: 'error-500',
      outcome: lost('500', false),
      meaning: 'error 500, not accepted; the next try is accepted',
    },
    {
      behaviour: 'error-503',
      outcome: { kind: 'refused', code: 'SERVICE_UNAVAILABLE', status: 503, then: delivered },
      meaning: 'error 503, not accepted; the next try is accepted',
    },
    {
      behaviour: 'throttled',
      outcome: { kind: 'throttled', retryAfterSeconds: 2 },
      meaning: 'error 429 with Retry-After: 2; the next try is accepted',
    },
    {
      behaviour: 'proxy-page',
      outcome: lost('html', true),
      meaning: 'a proxy page (HTML, 502) although it was accepted',
    },
    {
      behaviour: 'prefixed-ref',
      outcome: { ...lost('drop', true), prefixedRef: true },
      meaning: 'connection cut after acceptance, reference kept only in its prefixed form',
    },
    {
      behaviour: 'out-of-stock',
      outcome: { kind: 'refused', code: 'ERR_STOCK', status: 400 },
      meaning: 'out of stock at send',
    },
    {
      behaviour: 'no-balance',
      outcome: { kind: 'refused', code: 'NO_BALANCE', status: 403 },
      meaning: "the shop's provider balance is too low at send",
    },
    ...atTheLookup(service),
    {
      behaviour: 'stuck',
      outcome: { kind: 'stuck' },
      meaning: 'stays in HANDLING until it is finished by hand',
    },
  ];
}

/** Those that show before anything is bought. */
function atTheLookup(service: ServiceType): readonly Row[] {
  return [
    {
      behaviour: 'wrong-number',
      outcome: errPhone,
      lookup: { kind: 'not-a-line', reason: 'no active line has this number' },
      meaning: 'wrong number: check-number refuses it',
    },
    {
      behaviour: 'wrong-service',
      outcome: errPhone,
      lookup: { kind: 'not-a-line', reason: otherService[service] },
      meaning: `wrong service: ${otherService[service]}`,
    },
    {
      behaviour: 'lookup-down',
      outcome: delivered,
      lookup: { kind: 'unavailable' },
      meaning: 'check-number is out of order (503)',
    },
  ];
}

function lost(how: Lost['how'], accepted: boolean): Lost {
  return { kind: 'lost', how, accepted, then: delivered };
}

function block(service: ServiceType, sample: string, prefix: string): readonly TestNumber[] {
  const first: Row = {
    behaviour: 'delivered',
    outcome: delivered,
    meaning: 'delivered after the default delay (3 s)',
  };
  return [first, ...rows(service)].map((row, index) => ({
    service,
    number: index === 0 ? sample : `${prefix}${String(index).padStart(2, '0')}`,
    ...row,
    lookup: row.lookup ?? { kind: 'line' },
  }));
}

/** Every number with a behaviour of its own: the provider's documented sample, then 01…20 of a synthetic block. */
export const testNumbers: readonly TestNumber[] = [
  ...block('ADSL', '036362608', '0360000'),
  ...block('4G', '213472731602', '2134700000'),
];
