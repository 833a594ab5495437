// People in front of the bot: each writes, presses what the bot shows and waits for what it answers. One listener serves
// them all, because hundreds of waits that each look at every event would measure the bench itself.

import type { ChatMessage, TelegramStandIn } from '../../src/playground/telegram/server.ts';
import { dinars } from '../../src/domain/money.ts';
import { sentences } from '../../src/i18n/index.ts';

const { buttons } = sentences('en');
const VALUE = dinars(500);
const COST = dinars(490);

/** What both bots write on their buttons; people find their way by these. */
export const LABELS = {
  adsl: buttons.service('ADSL'),
  back: buttons.back,
  cancel: buttons.cancel,
  value: buttons.amount(VALUE, COST),
  pay: buttons.pay(COST),
  recharge: buttons.recharge,
  again: buttons.again,
} as const;

export interface Crowd {
  readonly people: readonly number[];
  /** A whole purchase, from the command to the delivered card; resolves to the line. */
  readonly buy: (person: number) => Promise<string>;
  /** Six updates that buy nothing; `answered` hears of each as its answer is seen. */
  readonly chat: (person: number, answered: () => void) => Promise<void>;
}

interface Waiting {
  readonly passes: (message: ChatMessage) => boolean;
  readonly resolve: (message: ChatMessage) => void;
}

const FIRST_PERSON = 600_000_001;
const PATIENCE_MS = 60_000;

const shows =
  (label: string) =>
  (message: ChatMessage): boolean =>
    message.keyboard.some((row) => row.some(({ text }) => text === label));

/** Brings so many people to a stand-in. Lines come from an area code that nobody has. */
export function bringCrowd(telegram: TelegramStandIn, size: number): Crowd {
  const people = Array.from({ length: size }, (_, i) => FIRST_PERSON + i);
  for (const id of people) telegram.addPerson({ id, firstName: `Owner ${id}`, languageCode: 'en' });
  const waiting = new Map<number, Waiting>();
  let lines = 0;

  telegram.on((event) => {
    if (event.type !== 'message' && event.type !== 'edit') return;
    const wait = waiting.get(event.chatId);
    if (wait === undefined || !event.message.from.isBot || !wait.passes(event.message)) return;
    waiting.delete(event.chatId);
    wait.resolve(event.message);
  });

  /** Acts and waits for the message, new or edited, that shows the label. */
  async function see(person: number, label: string, act: () => unknown): Promise<ChatMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<ChatMessage>();
    const timer = setTimeout(() => {
      const said = telegram.lastBotMessage(person)?.text ?? 'nothing';
      reject(new Error(`person ${person} waited in vain for [${label}]; the bot said: ${said}`));
    }, PATIENCE_MS);
    waiting.set(person, { passes: shows(label), resolve });
    const acted = Promise.resolve(act());
    try {
      const [message] = await Promise.all([promise, acted]);
      return message;
    } finally {
      clearTimeout(timer);
    }
  }

  const newLine = (): string => `01${String((lines += 1)).padStart(7, '0')}`;
  const say = (person: number, text: string) => () => telegram.say(person, person, text);
  const press = (person: number, message: ChatMessage, label: string) => () =>
    telegram.press(person, person, message.id, label);

  return {
    people,
    async buy(person) {
      const line = newLine();
      const menu = await see(person, LABELS.adsl, say(person, '/topup'));
      await see(person, LABELS.back, press(person, menu, LABELS.adsl));
      const values = await see(person, LABELS.value, say(person, line));
      const quote = await see(person, LABELS.pay, press(person, values, LABELS.value));
      await see(person, LABELS.again, press(person, quote, LABELS.pay));
      return line;
    },
    async chat(person, answered) {
      const help = await see(person, LABELS.recharge, say(person, '/help'));
      answered();
      const menu = await see(person, LABELS.adsl, press(person, help, LABELS.recharge));
      answered();
      const values = await see(person, LABELS.value, say(person, newLine()));
      answered();
      await see(person, LABELS.recharge, press(person, values, LABELS.cancel));
      answered();
      await see(person, LABELS.recharge, () => telegram.sendSticker(person, person));
      answered();
      const stale = menu.keyboard[0]?.[0]?.callback_data ?? '';
      if ((await telegram.pressStale(person, person, menu.id, stale)).answered) answered();
    },
  };
}
