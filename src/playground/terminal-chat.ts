// One person's chat in the terminal: shows what arrives and how it changes, and turns typed lines into messages and
// presses. Buttons of the lowest message that has any go by bare numbers; older ones by `#message.button`.
import { setTimeout as pause } from 'node:timers/promises';
import { drawKeyboard, drawText, onlyLostButtons } from './drawing.ts';
import { people, standing } from './people.ts';
import type { PlaygroundPerson } from './people.ts';
import type { ChatMessage, PressAnswer, StandInEvent, TelegramStandIn } from './telegram/server.ts';

/** The chat of whoever sits at the terminal. */
export type TerminalChat = {
  readonly person: () => PlaygroundPerson;
  readonly become: (person: PlaygroundPerson) => void;
  /** Sends a text, or presses when it is the name of a button. */
  readonly type: (line: string) => Promise<void>;
  /** Shows the last message that hides something, in clear. */
  readonly reveal: () => void;
  /** Resolves when the bot has reacted to what was typed last and says nothing more for a moment. */
  readonly settled: () => Promise<void>;
  readonly close: () => void;
};

type ChatEvent = Extract<StandInEvent, { type: 'message' | 'edit' | 'delete' }>;

const QUIET_MS = 500;
const SILENCE_PATIENCE_MS = 3000;
const RECENT = 3;

/** Opens the chat for `first`; `echo` prints one's own messages too, where the terminal does not show them. */
export function openTerminalChat(options: {
  readonly telegram: TelegramStandIn;
  readonly first: PlaygroundPerson;
  readonly print: (text: string) => void;
  readonly echo: boolean;
}): TerminalChat {
  const { telegram, print, echo } = options;
  let person = options.first;
  /** Since when the bot owes an answer, and when it last said something. */
  let asked: number | undefined;
  let heardAt: number | undefined;

  function draw(message: ChatMessage, reveal = false): string {
    const text = drawText(message, { now: Date.now(), languageCode: person.languageCode, reveal });
    const isLowest = lowest()?.id === message.id;
    const name = (count: number): string => (isLowest ? `${count}` : `#${message.id}.${count}`);
    return [...text.split('\n'), ...drawKeyboard(message.keyboard, name)]
      .map((line) => `  │ ${line}`)
      .join('\n');
  }

  function heading(message: ChatMessage, isEdit: boolean): string {
    const when = new Date().toTimeString().slice(0, 8);
    const who = message.from.isBot ? message.from.name : person.firstName;
    return `${when} ${who}${isEdit ? ` · message ${message.id}, changed` : ''}`;
  }

  const lowest = (): ChatMessage | undefined =>
    telegram.messages(person.id).findLast(({ deleted, keyboard }) => !deleted && keyboard.length > 0);

  function elsewhere({ type, message, chatId }: ChatEvent): void {
    const other = people.find(({ id }) => id === chatId);
    if (!message.from.isBot || other === undefined || (type === 'edit' && onlyLostButtons(message))) return;
    print(
      `(message ${message.id} of ${other.firstName} is ${type === 'message' ? 'new' : 'changed'}: :as ${other.key})`,
    );
  }

  function heard(event: StandInEvent): void {
    if (event.type !== 'message' && event.type !== 'edit' && event.type !== 'delete') return;
    const { message, chatId, type } = event;
    if (chatId !== person.id) {
      elsewhere(event);
      return;
    }
    if (!message.from.isBot && !echo) return;
    if (message.from.isBot) heardAt = Date.now();
    if (type === 'delete') print(`${heading(message, false)} · message ${message.id} is gone`);
    else if (type === 'edit' && onlyLostButtons(message))
      print(`${heading(message, false)} · took the buttons of message ${message.id} away`);
    else print(`${heading(message, type === 'edit')}\n${draw(message)}`);
  }

  function expect(): void {
    asked = Date.now();
    heardAt = undefined;
  }

  const present = (): void => print(`You are ${person.firstName} (${person.key}), ${standing[person.role]}.`);

  function begin(): void {
    const past = telegram.messages(person.id).filter(({ deleted }) => !deleted);
    if (past.length === 0) {
      expect();
      telegram.start(person.id);
    }
    for (const message of past.slice(-RECENT)) print(`${heading(message, false)}\n${draw(message)}`);
  }

  async function press(message: ChatMessage | undefined, place: number): Promise<void> {
    const cells = (message?.keyboard ?? []).flatMap((row, at) =>
      row.map((_, column) => ({ row: at, column })),
    );
    const target = cells[place - 1];
    if (message === undefined || target === undefined) {
      print(cells.length === 0 ? 'There is no button to press.' : `The buttons are 1 to ${cells.length}.`);
      asked = undefined;
      return;
    }
    told(await telegram.press(person.id, person.id, message.id, target));
  }

  function told(answer: PressAnswer): void {
    if (answer.copied !== undefined) print(`(copied: ${answer.copied})`);
    else if (answer.url !== undefined) print(`(opens ${answer.url})`);
    else if (answer.text !== undefined) print(`(${answer.alert ? 'alert' : 'notice'}: ${answer.text})`);
    else if (!answer.answered) print('(the button goes on spinning: the bot has not answered it)');
  }

  const close = telegram.on(heard);
  present();
  begin();
  return {
    close,
    person: () => person,
    become(next) {
      person = next;
      present();
      begin();
    },
    async type(line) {
      expect();
      const bare = /^#?(\d{1,2})$/.exec(line);
      const full = /^#(\d+)\.(\d{1,2})$/.exec(line);
      if (bare) await press(lowest(), Number(bare[1]));
      else if (full) {
        const message = telegram.messages(person.id).find(({ id }) => id === Number(full[1]));
        await press(message, Number(full[2]));
      } else telegram.say(person.id, person.id, line);
    },
    reveal() {
      const hides = ({ entities, deleted }: ChatMessage): boolean =>
        !deleted && entities.some(({ type }) => type === 'spoiler');
      const message = telegram.messages(person.id).findLast(hides);
      print(message === undefined ? 'Nothing is hidden.' : draw(message, true));
    },
    async settled() {
      const since = asked;
      while (since !== undefined && since === asked && Date.now() - since < SILENCE_PATIENCE_MS) {
        if (heardAt !== undefined && Date.now() - heardAt >= QUIET_MS) break;
        await pause(QUIET_MS / 10);
      }
      asked = undefined;
    },
  };
}
