// Somebody reads the log. At no level, in no detail and in no cause of an error does it hold the bot's token, the provider's
// key, the card key; and what a whole purchase writes holds no card code and no full number either.

import * as fc from 'fast-check';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createLogger, openVoice } from '../../src/logger.ts';
import { openCounter, OWNER, type Counter } from '../process/bot-process.ts';
import { visitor } from '../journey/visitor.ts';
import { runs } from './runs.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Characters that a key may have, those among them that JSON writes in another way. */
const secret = fc.stringMatching(/^[\x21-\x7e]{8,60}$/);

/** A value with the secret somewhere in it. */
const hiding = (text: string): fc.Arbitrary<unknown> =>
  fc.letrec<{ any: unknown; error: Error }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(
        text,
        `https://api.telegram.org/bot${text}/getMe`,
        `${text}\n${text}`,
        7,
        null,
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'err', 'url', text), tie('any'), { maxKeys: 3 }),
      tie('error'),
    ),
    error: fc
      .tuple(fc.constantFrom(text, `no ${text} here`, 'plain'), tie('any'), fc.boolean())
      .map(([message, cause, carries]) =>
        Object.assign(new TypeError(message, { cause }), carries ? { code: text, payload: { text } } : {}),
      ),
  })).any;

test('no secret is in any line at any level, however deep it hides', () => {
  const hidden = fc.array(secret, { minLength: 1, maxLength: 3 }).chain((secrets) =>
    fc.record({
      secrets: fc.constant(secrets),
      level: fc.constantFrom(...LEVELS),
      said: hiding(secrets[0] ?? ''),
      words: fc.constantFrom('plain', `with ${secrets.at(-1) ?? ''} in it`),
    }),
  );
  fc.assert(
    fc.property(hidden, ({ secrets, level, said, words }) => {
      const lines: string[] = [];
      const log = createLogger({ level: 'trace', secrets, write: (line) => void lines.push(line) });
      log[level]({ err: said, detail: said }, words);
      const voice = openVoice({
        ...{ level: 'trace', secrets },
        write: (line) => void lines.push(line),
        writeWords: (line) => void lines.push(line),
      });
      voice.giveUp(words, { err: said });
      voice.say(words);
      expect(lines.length).toBe(4);
      for (const one of secrets)
        for (const form of [one, JSON.stringify(one).slice(1, -1)])
          expect(lines.join('')).not.toContain(form);
    }),
    runs(600),
  );
});

describe('a purchase', () => {
  let counter: Counter | undefined;
  afterEach(() => counter?.close());

  it.each(['trace', 'info'])(
    'with troubles on the way tells the log at %s nothing to use',
    async (LOG_LEVEL) => {
      counter = await openCounter({ env: { LOG_LEVEL } });
      const { telegram, provider } = counter;
      const bot = counter.open({ speed: 10 });
      const owner = visitor(telegram, OWNER);
      owner.say('/start');
      await owner.sees('ADSL');
      // The answer is lost after it was accepted; a message is refused; then all goes well.
      owner.say('/topup 036000008 500');
      const card = await owner.sees('Check, then pay');
      telegram.faultNext({
        method: 'editMessageText',
        fault: { kind: 'status', code: 400, description: 'Bad Request: odd' },
      });
      await owner.press('Pay', card);
      await owner.sees(/recharged/u, 60_000);
      await bot.stop();
      const output = bot.output();
      expect(output).toContain('"level":"info"');
      const [order] = provider.orders();
      expect(order?.cardCode).toMatch(/\d{8}/u);
      for (const one of [telegram.token, provider.key, order?.cardCode ?? '', '036000008', '036 00 00 08'])
        expect(output).not.toContain(one);
    },
  );
});
