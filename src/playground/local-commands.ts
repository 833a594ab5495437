// The lines that begin with a colon: they are for the playground and never reach the bot.
import type { Counter } from './counter.ts';
import { defaultProducts } from './oneclickdz/options.ts';
import type { AcceptedOrder, ServiceType } from './oneclickdz/server.ts';
import { testNumbers } from './oneclickdz/test-numbers.ts';
import { people } from './people.ts';
import type { PlaygroundPerson } from './people.ts';
import { moods, setMood } from './provider-moods.ts';

/** What a local command can reach. */
export type Hands = {
  readonly counter: Counter;
  readonly print: (text: string) => void;
  /** Looks at the chat of somebody else from now on. */
  readonly become: (person: PlaygroundPerson) => void;
  /** Shows the last hidden text in clear. */
  readonly reveal: () => void;
  readonly quit: () => void;
};

type LocalCommand = {
  readonly usage: string;
  readonly explain: string;
  readonly run: (hands: Hands, words: readonly string[]) => void | Promise<void>;
};

/** Told to the person instead of a stack trace. */
class Mistake extends Error {}

const commands: Readonly<Record<string, LocalCommand>> = {
  as: {
    usage: `:as ${people.map(({ key }) => key).join('|')}`,
    explain: `be somebody else: ${people.map(({ firstName, role }) => `${firstName} (${role})`).join(', ')}`,
    run({ become }, [key]) {
      const person = people.find((one) => one.key === key);
      if (person === undefined) throw new Mistake(`There is ${people.map((one) => one.key).join(', ')}.`);
      become(person);
    },
  },
  provider: {
    usage: ':provider refund',
    explain: `script the next purchase: ${[...Object.keys(moods), 'down', 'up'].join(', ')}`,
    run({ counter, print }, [name = '']) {
      const said = setMood(counter.provider, name);
      if (said === undefined) throw new Mistake(`The provider knows: ${describeMoods()}`);
      print(said);
    },
  },
  finish: {
    usage: ':finish',
    explain: 'the provider delivers its oldest open order',
    run: ({ counter, print }) => settle(counter, print, 'finish'),
  },
  refund: {
    usage: ':refund',
    explain: 'the provider gives the money of its oldest open order back',
    run: ({ counter, print }) => settle(counter, print, 'refund'),
  },
  balance: {
    usage: ':balance 500',
    explain: "set the shop's money at the provider, in dinars",
    run({ counter, print }, [amount = '']) {
      if (!/^\d{1,7}$/.test(amount)) throw new Mistake('Say how much, like :balance 500');
      counter.provider.setBalance(Number(amount));
      print(`The shop has ${counter.provider.balance()} DA at the provider.`);
    },
  },
  stock: {
    usage: ':stock 1000 off|on',
    explain: 'take one amount out of stock, or put it back',
    run({ counter, print }, [value = '', how]) {
      if (!/^\d{3,4}$/.test(value) || (how !== 'off' && how !== 'on'))
        throw new Mistake('Say which and how, like :stock 1000 off');
      for (const service of ['ADSL', '4G'] as const)
        counter.provider.setProducts(service, productsWith(service, Number(value), how === 'on'));
      print(`${value} DA is ${how === 'on' ? 'in' : 'out of'} stock.`);
    },
  },
  kill: {
    usage: ':kill',
    explain: 'kill the bot (SIGKILL) and start it again',
    async run({ counter, print }) {
      await counter.killBot();
      print('The bot is dead. Starting it again …');
      await counter.startBot();
      print('The bot is back.');
    },
  },
  telegram: {
    usage: ':telegram down|up',
    explain: 'cut the bot off from Telegram, or reconnect it',
    run({ counter, print }, [how]) {
      if (how !== 'down' && how !== 'up') throw new Mistake('Say :telegram down or :telegram up');
      counter.telegram.outage(how === 'down');
      print(how === 'down' ? 'Telegram answers nobody until ":telegram up".' : 'Telegram answers again.');
    },
  },
  reveal: {
    usage: ':reveal',
    explain: 'show the text behind ▒▒▒',
    run: ({ reveal }) => reveal(),
  },
  numbers: {
    usage: ':numbers',
    explain: 'line numbers that pick their own outcome',
    run: ({ print }) =>
      print(
        testNumbers
          .map(({ service, number, meaning }) => `${service.padEnd(4)} ${number.padEnd(12)} ${meaning}`)
          .join('\n'),
      ),
  },
  orders: {
    usage: ':orders',
    explain: 'what the provider has accepted, and the money left',
    run({ counter: { provider }, print }) {
      const lines = provider.orders().map(describeOrder);
      print([...lines, `${lines.length} accepted, ${provider.balance()} DA left`].join('\n'));
    },
  },
  log: {
    usage: ':log',
    explain: 'what the bot printed last',
    run: ({ counter, print }) => print(counter.botLog().join('\n') || 'Nothing.'),
  },
  help: { usage: ':help', explain: 'this list', run: ({ print }) => print(describeCommands()) },
  quit: { usage: ':quit', explain: 'stop everything', run: ({ quit }) => quit() },
};

/** Every local command with what it does, a line each. */
export function describeCommands(): string {
  return Object.values(commands)
    .map(({ usage, explain }) => `${usage.padEnd(22)} ${explain}`)
    .join('\n');
}

/** Runs a line that begins with a colon; what was wrong with it is printed. */
export async function runLocalCommand(line: string, hands: Hands): Promise<void> {
  const [name = '', ...words] = line.slice(1).trim().split(/\s+/);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    hands.print(`There is no :${name}. These are:\n${describeCommands()}`);
    return;
  }
  try {
    await command.run(hands, words);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    hands.print(error.message);
  }
}

const describeMoods = (): string =>
  Object.entries(moods)
    .map(([name, { meaning }]) => `\n${name.padEnd(8)} ${meaning}`)
    .join('');

const describeOrder = ({ type, number, value, status, ref }: AcceptedOrder): string =>
  `${type.padEnd(4)} ${number.padEnd(12)} ${String(value).padStart(5)} DA  ${status.padEnd(14)} ${ref}`;

function settle(counter: Counter, print: (text: string) => void, how: 'finish' | 'refund'): void {
  const open = counter.provider
    .orders()
    .find(({ status }) => status !== 'FULFILLED' && status !== 'REFUNDED');
  if (open === undefined) throw new Mistake('The provider has no open order.');
  print(describeOrder(counter.provider[how](open.id)));
  if (open.status === 'QUEUED')
    print('The bot asks about a scheduled order every half hour, and will see it then.');
}

const productsWith = (service: ServiceType, value: number, available: boolean) =>
  defaultProducts[service].map((product) => (product.value === value ? { ...product, available } : product));
