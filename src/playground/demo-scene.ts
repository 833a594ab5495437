// One purchase of the demo, made with a person's own means: writing, reading and pressing what is on the screen.
import { demoWords } from './demo-words.ts';
import type { DemoLanguage, Ending } from './demo-words.ts';
import type { Counter } from './counter.ts';
import { openScreen } from './demo-screen.ts';
import type { DemoScreen } from './demo-screen.ts';
import { drawButton } from './drawing.ts';
import type { AcceptedOrder } from './oneclickdz/server.ts';
import type { PlaygroundPerson } from './people.ts';
import type { Button, ChatMessage } from './telegram/server.ts';

/** Who buys what, and how the provider is going to treat it. */
export type Scene = {
  readonly ending: Ending;
  readonly person: PlaygroundPerson;
  readonly language: DemoLanguage;
};

type Purchase = {
  /** On the button of the service, in every language. */
  readonly service: string;
  /** As a person writes it, and as the provider keeps it; the number decides what becomes of the order. */
  readonly typed: string;
  readonly number: string;
  /** On the button of the amount, in every language; `value` in dinars. */
  readonly amount: string;
  readonly value: number;
  readonly status: 'FULFILLED' | 'REFUNDED';
  /** The first signs of the order's message, in the order in which they must appear. */
  readonly marks: readonly string[];
};

const THOUSAND = '1\u202F000';

const purchases: Readonly<Record<Ending, Purchase>> = {
  delivered: {
    ...{ service: 'ADSL', typed: '036 36 26 08', number: '036362608' },
    ...{ amount: THOUSAND, value: 1000, status: 'FULFILLED', marks: ['⏳', '✅'] },
  },
  refunded: {
    ...{ service: '4G', typed: '0470 00 00 03', number: '213470000003' },
    ...{ amount: '500', value: 500, status: 'REFUNDED', marks: ['⏳', '↩️'] },
  },
  lost: {
    ...{ service: 'ADSL', typed: '036 00 00 08', number: '036000008' },
    ...{ amount: THOUSAND, value: 1000, status: 'FULFILLED', marks: ['🔎', '✅'] },
  },
};

/** The first amount in a text, as the chat writes amounts. */
const dinarsIn = (text: string): number => Number(/\d[\d\u202F]*/u.exec(text)?.[0].replaceAll('\u202F', ''));

const ENDS = ['✅', '↩️'];
const STEP_PATIENCE_MS = 5000;
const END_PATIENCE_MS = 12_000;

/** What a scene came to. */
export type Played = {
  readonly order: AcceptedOrder;
  /** What the buyer has paid in the end, in dinars; 0 when the money came back. */
  readonly paid: number;
};

/** The hands of one person at one counter. */
class Hands {
  private readonly counter: Counter;
  private readonly screen: DemoScreen;
  private readonly scene: Scene;

  constructor(counter: Counter, screen: DemoScreen, scene: Scene) {
    this.counter = counter;
    this.screen = screen;
    this.scene = scene;
  }

  say(text: string): void {
    const { id } = this.scene.person;
    this.counter.telegram.say(id, id, text);
  }

  /** Presses the button with this on it as soon as the chat shows one; resolves to all that is on it. */
  async press(label: string): Promise<string> {
    const { person, language } = this.scene;
    const { message, button } = await this.find(label);
    this.screen.act(demoWords[language].press(drawButton(button)));
    const answer = await this.counter.telegram.press(person.id, person.id, message.id, button.text);
    if (answer.copied !== undefined) this.screen.act(demoWords[language].copy(answer.copied));
    return button.text;
  }

  /** Waits until the choice just made has given way to the next question. */
  async untilAsked(label: string): Promise<void> {
    const { telegram } = this.counter;
    const isChoice = ({ text }: Button): boolean => text.includes(label);
    await telegram.until(
      () => !telegram.lastBotMessage(this.scene.person.id)?.keyboard.flat().some(isChoice),
      {
        timeoutMs: STEP_PATIENCE_MS,
        what: 'the question for the line number',
      },
    );
  }

  private find(label: string): Promise<{ message: ChatMessage; button: Button }> {
    const { telegram } = this.counter;
    const look = () => {
      const message = telegram.lastBotMessage(this.scene.person.id);
      const button = message?.keyboard.flat().find(({ text }) => text.includes(label));
      return message && button && { message, button };
    };
    return telegram.until(look, { timeoutMs: STEP_PATIENCE_MS, what: `a button with ${label}` });
  }

  /** Waits until the order's message ends in `mark`; another end is a fault at once. */
  untilEnded(mark: string): Promise<ChatMessage> {
    const { telegram } = this.counter;
    const look = () => {
      const message = telegram.lastBotMessage(this.scene.person.id);
      const end = ENDS.find((sign) => message?.text.startsWith(sign));
      if (end === undefined || end === mark) return end && message;
      throw new Error(`The order should have ended with ${mark}, but says: ${message?.text ?? ''}`);
    };
    return telegram.until(look, { timeoutMs: END_PATIENCE_MS, what: `the end of the order (${mark})` });
  }
}

/** Plays one scene, printing it; rejects when anything goes differently from what it shows. */
export async function playScene(
  counter: Counter,
  scene: Scene,
  print: (line: string) => void,
): Promise<Played> {
  const { telegram, provider } = counter;
  const { id } = scene.person;
  const purchase = purchases[scene.ending];
  const ordersBefore = provider.orders().length;
  const screen = openScreen({ chatId: id, language: scene.language, print, now: Date.now });
  const close = telegram.on(screen.show);
  try {
    const hands = new Hands(counter, screen, scene);
    const isFirst = telegram.messages(id).every(({ deleted }) => deleted);
    if (isFirst) {
      telegram.start(id);
      await hands.press('');
    } else hands.say('/topup');
    await hands.press(purchase.service);
    await hands.untilAsked(purchase.service);
    hands.say(purchase.typed);
    await hands.press(purchase.amount);
    const price = dinarsIn(await hands.press('✅'));
    const end = await hands.untilEnded(purchase.marks.at(-1) ?? '');
    if (end.keyboard.flat().some(({ copy_text }) => copy_text)) await hands.press('');
    checkMarks(end, purchase.marks);
    const order = bought(provider.orders().slice(ordersBefore), purchase);
    return { order, paid: order.status === 'REFUNDED' ? 0 : price };
  } finally {
    close();
  }
}

/** What is on the person's wallet, in dinars, as the counter tells them. */
export async function balanceOf({ telegram }: Counter, { id }: PlaygroundPerson): Promise<number> {
  const asked = telegram.say(id, id, '/balance');
  const look = () => telegram.messages(id).find((message) => message.id > asked.id);
  return dinarsIn((await telegram.until(look, { what: 'the balance' })).text);
}

function checkMarks(message: ChatMessage, marks: readonly string[]): void {
  const seen = [message.original, ...message.edits].map(({ text }) => text);
  let from = 0;
  for (const mark of marks) {
    const at = seen.findIndex((text, index) => index >= from && text.startsWith(mark));
    if (at < 0)
      throw new Error(`The order's message never showed ${mark} in its place: ${JSON.stringify(seen)}`);
    from = at;
  }
}

function bought(orders: readonly AcceptedOrder[], purchase: Purchase): AcceptedOrder {
  const [order, ...others] = orders;
  const isRight =
    order?.number === purchase.number && order.value === purchase.value && order.status === purchase.status;
  if (isRight && others.length === 0) return order;
  const told = orders.map(({ number, value, status }) => `${number} ${value} ${status}`).join(', ');
  throw new Error(
    `The provider should have accepted one order, ${purchase.number} ${purchase.value} ${purchase.status}, but has: ${told || 'none'}`,
  );
}
