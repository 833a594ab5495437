// What must be true once a purchase has ended, however often the bot died on the way: one accepted order, the right
// money on both sides, one message that says how it ended and none that says otherwise.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EMPTY_WALLET } from '../../src/domain/ledger.ts';
import { MAX_SENDS } from '../../src/domain/schedule.ts';
import { audit } from '../../src/store/audit.ts';
import { OWNER, type Counter } from '../process/bot-process.ts';
import { botMessages } from './person.ts';

/** `given back`: the provider never had it, both tries were lost, and an owner gave the money back by hand. */
export type Ending = 'delivered' | 'refunded' | 'given back';

const OPENING_DINARS = 1_000_000;
const COST_DINARS = 980;

const MONEY_BACK = /^↩️ Order no\.\s\d+: not recharged; .*is back in your balance\.\nADSL/;
const CARDS: Record<Ending, RegExp> = {
  delivered: /^✅ Order no\.\s\d+: recharged\.\nADSL/,
  refunded: MONEY_BACK,
  'given back': MONEY_BACK,
};
const UNDER_WAY = /being sent|in progress|being checked|takes unusually long|is accepted;/;

const textOf = (dataDir: string): string => {
  try {
    return readFileSync(join(dataDir, 'orders.json'), 'utf8');
  } catch {
    return '';
  }
};

/** The person has read how it ended, and the bot has written down that they have. */
export function isEnded(counter: Counter): boolean {
  const hasCard = botMessages(counter).some(({ text }) =>
    Object.values(CARDS).some((card) => card.test(text)),
  );
  const hot = textOf(counter.dataDir);
  return hasCard && hot.includes('"nextNo":1002') && hot.includes('"orders":[]');
}

function messageFaults(counter: Counter, ending: Ending): string[] {
  const messages = botMessages(counter);
  const cards = messages.filter(({ text }) => CARDS[ending].test(text));
  const stuck = messages.filter(({ text }) => UNDER_WAY.test(text));
  const faults = stuck.map(({ id }) => `message ${id} still says that the order is under way`);
  if (cards.length !== 1) faults.push(`${cards.length} messages show the order as ${ending}`);
  if (ending === 'delivered' && !cards.every(({ text }) => /Card code: 9000\d{8}\n/.test(text)))
    faults.push('the card code is missing');
  return faults;
}

function providerFaults({ provider }: Counter, ending: Ending): string[] {
  const faults: string[] = [];
  const { length: accepted } = provider.orders();
  if (accepted !== (ending === 'given back' ? 0 : 1)) faults.push(`the provider accepted ${accepted} orders`);
  const sends = provider.calls.filter(({ path }) => path === '/internet/send');
  const refs = new Set(sends.map(({ ref }) => ref));
  if (refs.size !== 1) faults.push(`sent with ${refs.size} references`);
  if (sends.length < 1 || sends.length > 2) faults.push(`sent ${sends.length} times`);
  const balance = OPENING_DINARS - (ending === 'delivered' ? COST_DINARS : 0);
  if (provider.balance() !== balance)
    faults.push(`the balance is ${provider.balance()} instead of ${balance} DA`);
  return faults;
}

/** An owner is asked only when all tries were used up: the order itself must say so. */
function tryFaults({ dataDir }: Counter, ending: Ending): string[] {
  const folder = join(dataDir, 'archive');
  const closed = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const used = closed.some((text) => text.includes(`"sends":${MAX_SENDS},`));
  return ending === 'given back' && !used ? ['given back before every try was used'] : [];
}

async function bookFaults({ dataDir }: Counter, ending: Ending): Promise<string[]> {
  const taken = ending === 'delivered' ? COST_DINARS * 100 : 0;
  const expected = {
    ...{ held: 0, taken, openTotal: 0, fulfilledTotal: taken },
    ...{ entries: { held: 0, taken }, orders: 1, duplicates: 0 },
    ...{ wallets: EMPTY_WALLET, walletEntries: EMPTY_WALLET, walletFaults: 0 },
  };
  const found = await audit(dataDir);
  return isDeepStrictEqual(found, expected) ? [] : [`the books say ${JSON.stringify(found)}`];
}

/** Everything that is not as it must be, one sentence each; for a bot that is not running. */
export async function faultsOf(counter: Counter, ending: Ending): Promise<string[]> {
  return [
    ...messageFaults(counter, ending),
    ...providerFaults(counter, ending),
    ...tryFaults(counter, ending),
    ...(await bookFaults(counter, ending)),
  ];
}

/** What the chat shows, every version of every message, and what was asked of the provider. */
export function transcriptOf({ telegram, provider }: Counter): string {
  const chat = telegram.messages(OWNER).map((message) => {
    const versions = [message.original, ...message.edits].map(({ text, keyboard }) => {
      const buttons = keyboard.flat().map((button) => `[${button.text}]`);
      return [text.replaceAll('\n', ' ⏎ '), ...buttons].join(' ');
    });
    return `  ${message.id} ${message.from.isBot ? 'bot' : 'person'}: ${versions.join('\n      → ')}`;
  });
  const calls = provider.calls.map(({ method, path, status }) => `  ${method} ${path} ${status}`);
  return ['Chat:', ...chat, 'Provider:', ...calls].join('\n');
}
