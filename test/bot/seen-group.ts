// A group with an agent, another who reads French, and a customer of the shop; and what each of its people sees there.

import type { ApiCall, ChatMessage, PressAnswer } from '../../src/playground/telegram/server.ts';
import { letIn } from './group-people.ts';
import { OWNER, STRANGER, type Counter } from './open-counter.ts';

export const [KARIM, LINA, SALIM] = [501, 502, 503];
export const FIGURES = 'You pay: 1 000 DA\nBalance: 5 000 DA, then 4 000 DA';
/** What nobody but its owner may read, button data included. */
export const PRIVATE =
  /You pay|Vous payez|Balance:|Solde|short|5 000|4 000|3 000|400 DA|600 DA|500000|60000|1111/u;

interface GroupOptions {
  readonly botIsAdmin?: boolean;
  readonly isForum?: boolean;
}

export interface SeenGroup {
  readonly id: number;
  /** What the bot shows this person and nobody else now. */
  alone(person: number): ChatMessage[];
  aloneTexts(person: number): string[];
  /** Whatever stood in the group for everybody to read, if only for an instant, buttons and their data included. */
  everRead(): string;
  /** The calls that were to show something to one person alone. */
  tries(): ApiCall[];
  say(person: number, text: string, options?: { replyTo?: number; threadId?: number }): Promise<void>;
  /** Presses a button under the last prompt of this person. */
  press(person: number, label: string, threadId?: number): Promise<PressAnswer>;
  until(predicate: () => boolean): Promise<void>;
  /** Waits until this person is shown that. */
  shown(person: number, text: string): Promise<void>;
}

export const plain = (text: string): string =>
  text.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u2068\u2069\u200E]/g, '');

const isTry = ({ method, payload }: ApiCall): boolean =>
  method === 'sendMessage' && 'ephemeral_message_parameters' in payload;

export async function openSeenGroup(
  counter: Counter,
  { botIsAdmin = false, isForum = false }: GroupOptions = {},
): Promise<SeenGroup> {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent', money: 5_000 });
  await letIn(counter, { id: LINA, name: 'Lina', role: 'agent', money: 3_000, languageCode: 'fr' });
  await letIn(counter, { id: SALIM, name: 'Salim', role: 'customer', money: 400 });
  const memberIds = [OWNER, KARIM, LINA, SALIM, STRANGER];
  const id = counter.addGroup({ title: 'Counter', isForum, memberIds, botIsAdmin });
  await counter.handle();
  const { telegram } = counter;

  const alone = (person: number): ChatMessage[] =>
    telegram
      .messages(id, { viewer: person })
      .filter(({ from, deleted, ephemeral }) => from.isBot && !deleted && ephemeral !== undefined);
  const aloneTexts = (person: number): string[] => alone(person).map(({ text }) => plain(text));

  const everRead = (): string =>
    telegram
      .messages(id, { viewer: STRANGER })
      .filter(({ from }) => from.isBot)
      .flatMap(({ original, edits, keyboard }) => [
        ...[original, ...edits].map(({ text }) => plain(text)),
        plain(JSON.stringify([original, ...edits].map((one) => one.keyboard).concat([keyboard]))),
      ])
      .join('\n');

  async function press(person: number, label: string, threadId?: number): Promise<PressAnswer> {
    const prompt = counter
      .messages(id)
      .findLast(
        ({ keyboard, threadId: at }) =>
          at === threadId &&
          keyboard.flat().some(({ callback_data: data }) => data?.split(':')[1] === person.toString(36)),
      );
    const button = prompt?.keyboard.flat().find(({ text }) => plain(text).includes(label));
    const answer = telegram.press(person, id, prompt?.id ?? 0, button?.text ?? label);
    await counter.handle();
    return { ...(await answer), text: plain((await answer).text ?? '') };
  }

  async function until(predicate: () => boolean): Promise<void> {
    await telegram.until(predicate);
  }

  return {
    ...{ id, alone, aloneTexts, everRead, press, until },
    tries: () => telegram.calls.filter(isTry),
    say: async (person, text, options = {}) => {
      telegram.say(person, id, text, options);
      await counter.handle();
    },
    shown: (person, text) => until(() => aloneTexts(person).includes(text)),
  };
}
