// One JSON line per fact; no secret and no payload of an error ever reaches it.

import { GrammyError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { createLogger, type Logger } from '../src/logger.ts';

const SECRETS = ['123456789:AAsecret', 'key-of-the-shop', 'abc'];

function logged(write: (log: Logger) => void, level = 'debug'): { text: string; facts: unknown[] } {
  const lines: string[] = [];
  write(createLogger({ level, secrets: SECRETS, write: (line) => void lines.push(line) }));
  return { text: lines.join(''), facts: lines.map((line): unknown => JSON.parse(line)) };
}

describe('a line', () => {
  it('is one JSON object with level, time, words and details', () => {
    const { text, facts } = logged((log) => log.info({ ref: 't0000001' }, 'sent'));
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(facts).toMatchObject([{ level: 'info', ref: 't0000001', msg: 'sent' }]);
    expect(text).toMatch(/"time":"\d{4}-\d\d-\d\dT[\d:.]+Z"/);
  });

  it('names what every line of the moment names, and nothing of another line', () => {
    const moment = { update: 7 };
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const log = createLogger({ level: 'info', secrets: [], write, about: () => moment });
    log.info({ ref: 't0000001' }, 'one');
    log.info('other');
    const [one, other] = lines.map((line): unknown => JSON.parse(line));
    expect(one).toMatchObject({ update: 7, ref: 't0000001' });
    expect(other).toMatchObject({ update: 7 });
    expect(other).not.toHaveProperty('ref');
    expect(moment).toEqual({ update: 7 });
  });

  it('is left out below the level', () => {
    expect(logged((log) => log.debug('chatter'), 'info').text).toBe('');
    expect(logged((log) => log.fatal('end'), 'silent').text).toBe('');
  });
});

describe('a secret', () => {
  it.each([
    [
      'in the words',
      (log: Logger) => log.info('calling https://api.telegram.org/bot123456789:AAsecret/getMe'),
    ],
    ['in a detail', (log: Logger) => log.warn({ key: 'key-of-the-shop' }, 'refused')],
    ['deep in a detail', (log: Logger) => log.warn({ a: { b: ['x key-of-the-shop y'] } }, 'refused')],
    ['in an error', (log: Logger) => log.error({ err: new Error('no key-of-the-shop') }, 'failed')],
    [
      'in a cause',
      (log: Logger) => log.error({ err: new Error('x', { cause: new Error('123456789:AAsecret') }) }),
    ],
    ['in a child', (log: Logger) => log.child({ key: 'key-of-the-shop' }).info('x')],
  ])('%s is blotted out', (_where, write) => {
    const { text } = logged(write);
    expect(text).toContain('[hidden]');
    for (const secret of SECRETS.slice(0, 2)) expect(text).not.toContain(secret);
  });

  it('too short to be one blots nothing', () => {
    expect(logged((log) => log.info('abc')).facts).toMatchObject([{ msg: 'abc' }]);
  });
});

describe('an error', () => {
  it('is told by name, code, message and cause', () => {
    const cause = Object.assign(new RangeError('inner'), { code: 'ENOSPC' });
    const { facts } = logged((log) => log.error({ err: new TypeError('outer', { cause }) }, 'failed'));
    expect(facts).toMatchObject([
      {
        msg: 'failed',
        err: { name: 'TypeError', message: 'outer', cause: { name: 'RangeError', code: 'ENOSPC' } },
      },
    ]);
  });

  it('never takes its payload along', () => {
    const refused = { ok: false, error_code: 400, description: 'Bad Request: chat not found' } as const;
    const payload = { chat_id: 7, text: 'Card code: 1111222233334444' };
    const { text } = logged((log) =>
      log.error({ err: new GrammyError('refused', refused, 'sendMessage', payload) }),
    );
    expect(text).toContain('chat not found');
    expect(text).not.toContain('1111222233334444');
  });

  it('that is none is told by its kind only', () => {
    const { text, facts } = logged((log) => log.error({ err: { code: '1111222233334444' } }));
    expect(facts).toMatchObject([{ err: { name: 'object' } }]);
    expect(text).not.toContain('1111222233334444');
  });
});
