// A strict reader of Prometheus' text format 0.0.4: what it does not take, a scrape would not take either; and it asks for
// what the conventions ask of names, units and histograms.

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\[\\\\"n])*)"';
const HELP = new RegExp(`^# HELP (${NAME}) (\\S.*\\.)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?[0-9.e+-]+|\\+Inf|NaN)$`);

const refuse = (why: string): never => {
  throw new Error(`no exposition: ${why}`);
};

function sampleIn(line: string): Sample {
  const [, name = '', labels = ''] = SAMPLE.exec(line) ?? refuse(line);
  const text = line.slice(line.lastIndexOf(' ') + 1);
  const value = text === '+Inf' ? Infinity : Number(text);
  if (Number.isNaN(value)) refuse(line);
  const pairs = [...labels.matchAll(new RegExp(LABEL, 'g'))].map(
    ([, key = '', one = '']) => [key, one] as const,
  );
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) refuse(`a label twice: ${line}`);
  return { name, labels: Object.fromEntries(pairs), value };
}

const belongs = ({ name, type }: Family, sample: Sample): boolean =>
  type === 'histogram'
    ? [`${name}_bucket`, `${name}_sum`, `${name}_count`].includes(sample.name)
    : sample.name === name;

/** A sample without the label `le`, as one text. */
const series = ({ labels }: Sample): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([key]) => key !== 'le')
      .sort(),
  );

function checkHistogram({ name, samples }: Family): void {
  for (const [key, own] of Map.groupBy(samples, series)) {
    const buckets = own.filter((one) => one.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])));
    const counts = buckets.map(({ value }) => value);
    const count = own.find((one) => one.name === `${name}_count`)?.value;
    const isRising = (list: readonly number[]): boolean =>
      list.every((one, i) => i === 0 || one >= (list[i - 1] ?? 0));
    if (!isRising(bounds) || !isRising(counts) || bounds.at(-1) !== Infinity || counts.at(-1) !== count)
      refuse(`the histogram ${name} of ${key} does not add up`);
    if (own.filter((one) => one.name === `${name}_sum`).length !== 1) refuse(`${name} has no sum`);
  }
}

function checkFamily(family: Family): void {
  const { name, type, samples } = family;
  if ((type === 'counter') !== name.endsWith('_total')) refuse(`${name} is a ${type}`);
  if (/_(?:ms|milliseconds|minutes)(?:_|$)/.test(name)) refuse(`${name} is not in a base unit`);
  if (type !== 'gauge' && samples.some(({ value }) => value < 0)) refuse(`${name} is below nought`);
  if (type === 'histogram') checkHistogram(family);
  const all = samples.map((one) => `${one.name} ${series(one)} ${one.labels['le'] ?? ''}`);
  if (new Set(all).size !== all.length) refuse(`a sample of ${name} twice`);
}

/** Reads all of it, by family name; throws with the line or family that is wrong. */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) refuse('no end of line at its end');
  const families = new Map<string, Family & { samples: Sample[] }>();
  let current: (Family & { samples: Sample[] }) | undefined;
  const lines = text.split('\n').filter((line) => line !== '');
  for (let at = 0; at < lines.length; at += 1) {
    const [line = '', next = ''] = lines.slice(at, at + 2);
    if (!line.startsWith('#')) {
      const sample = sampleIn(line);
      if (current === undefined || !belongs(current, sample)) refuse(`a sample outside its family: ${line}`);
      current?.samples.push(sample);
      continue;
    }
    const [, name = '', help = ''] = HELP.exec(line) ?? refuse(line);
    const [, typed, type = ''] = TYPE.exec(next) ?? refuse(next);
    if (typed !== name || families.has(name)) refuse(`a family in pieces: ${name}`);
    current = { name, type, help, samples: [] };
    families.set(name, current);
    at += 1;
  }
  for (const family of families.values()) checkFamily(family);
  return families;
}
