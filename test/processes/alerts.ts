// What owners are told about orders: once each, however many bots there are. A bot that dies between telling and writing
// that down may tell again, and so may one whose message was taken without a word: an alert told twice is better than none.

import { parse } from '../../src/bot/callback-data.ts';
import type { ChatMessage } from '../../src/playground/telegram/server.ts';
import { OWNERS } from '../process/bot-process.ts';
import type { Killed } from './lives.ts';
import type { Town } from './town.ts';
import type { Violation } from './verdict.ts';

export interface LostWords {
  /** When the bot's messages to somebody went unanswered or were refused, epoch ms. */
  readonly at: (chatId: number) => readonly number[];
  close(): void;
}

/** Listens from now on. */
export function watchLostWords({ telegram }: Pick<Town, 'telegram'>): LostWords {
  const lost = new Map<number, number[]>();
  const close = telegram.on((event) => {
    if (event.type !== 'call' || event.call.method !== 'sendMessage') return;
    const { at, chatId = 0, ok, isLost } = event.call;
    if (!ok || isLost === true) lost.set(chatId, [...(lost.get(chatId) ?? []), at]);
  });
  return { at: (chatId) => lost.get(chatId) ?? [], close };
}

/** The first owner asks for orders, and judges them; what the others have with such a button came unasked. */
const [, ...ASKING_NOTHING] = OWNERS;

const isAlert = ({ from, original }: ChatMessage): boolean =>
  from.isBot &&
  original.keyboard.flat().some(({ callback_data: data = '' }) => {
    const press = parse(data);
    return press?.kind === 'settle' || (press?.kind === 'do' && press.verb === 'horder');
  });

export function* alerts(
  { telegram }: Pick<Town, 'telegram'>,
  kills: readonly Killed[],
  lost: LostWords,
): Generator<Violation> {
  for (const { id } of ASKING_NOTHING) {
    const excuses = [...kills.map(({ at }) => at), ...lost.at(id)];
    const told = Map.groupBy(telegram.messages(id).filter(isAlert), ({ original }) => original.text);
    for (const [text, tellings] of told)
      for (const [i, { original }] of tellings.entries()) {
        const before = tellings[i - 1]?.original.at;
        if (before === undefined || excuses.some((at) => at >= before && at <= original.at)) continue;
        yield {
          what: `owner ${id} was told twice, though nothing had happened: “${text.split('\n')[0] ?? ''}”`,
        };
      }
  }
}
