// What `npm start` does without a bot token: the real bot between two stand-ins on this machine, and a chat with it in
// the terminal. Called by main.
import { openCounter } from './counter.ts';
import type { Counter } from './counter.ts';
import { describeCommands, runLocalCommand } from './local-commands.ts';
import { personForTerminal } from './people.ts';
import { openTerminalChat } from './terminal-chat.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { startPlaygroundPage } from './web/server.ts';
import type { PlaygroundPage } from './web/server.ts';

/** Settings that only the real bot uses; somebody who set one meant to start that. */
const REAL_SETTINGS = ['ONECLICK_API_KEY', 'ONECLICK_API_URL', 'ADMIN_IDS', 'TELEGRAM_API_ROOT', 'CARD_KEY'];

const GUIDE = [
  'Write as you would in Telegram: /topup, a line number, /help …',
  'Press a button by typing its number, 1 or #1; #12.1 for an older message 12. Any longer number is sent as text.',
  'Too little money? /deposit 2000 asks the shop for it, and :as ar is the owner, who says yes.',
  'Line that recharges at once: 036362608 (ADSL), 213472731602 (4G). More: :numbers',
  'Lines that begin with a colon are for the playground:',
].join('\n');

/** The first lines: what this is, why, and how to get the real thing. */
export function introduction(env: Readonly<Record<string, string | undefined>>): string {
  const given = REAL_SETTINGS.filter((name) => (env[name] ?? '').trim() !== '');
  return [
    'Playground: the real bot, with a simulated Telegram and a simulated provider. No money, no network.',
    'You see this because BOT_TOKEN is not set. README.md says how to run the real one: "Use it in your shop".',
    ...(given.length === 0
      ? []
      : [`Not used here: ${given.join(', ')}. Without BOT_TOKEN the real bot does not start.`]),
  ].join('\n');
}

/** Runs until a signal or `:quit`, then leaves nothing behind; a bot that dies by itself makes the exit code 1. */
export async function runPlayground(): Promise<void> {
  const ending = Promise.withResolvers<undefined>();
  const end = (): void => ending.resolve(undefined);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  console.log(introduction(process.env));
  const counter = await openCounter();
  let terminal: Terminal | undefined;
  let page: PlaygroundPage | undefined;
  try {
    // The page is there before the bot: what people press meanwhile waits for it, as with Telegram.
    const starting = counter.startBot().then(() => true);
    starting.catch(() => undefined);
    page = await startPlaygroundPage(counter);
    console.log(`\nIn a browser, as four people and a group: ${page.url}`);
    if (await Promise.race([starting, ending.promise])) {
      terminal = openTerminal(end);
      converse(counter, terminal, end);
      await Promise.race([ending.promise, counter.died]);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    terminal?.close();
    await page?.close();
    await counter.close();
    for (const signal of signals) process.removeListener(signal, end);
  }
}

function converse(counter: Counter, terminal: Terminal, quit: () => void): void {
  const { print, isLive } = terminal;
  print(`\n${GUIDE}\n${describeCommands().replaceAll(/^/gm, '  ')}\n`);
  const first = personForTerminal(process.env);
  const chat = openTerminalChat({ telegram: counter.telegram, first, print, echo: !isLive });
  const hands = { counter, print, become: chat.become, reveal: chat.reveal, quit };

  async function take(line: string): Promise<void> {
    if (line === '') return;
    try {
      // A script of lines is typed as a person would: the next one after the bot has reacted.
      if (!isLive) await chat.settled();
      if (line.startsWith(':')) await runLocalCommand(line, hands);
      else if (isLive) void chat.type(line).catch(complain);
      else await chat.type(line);
    } catch (error) {
      complain(error);
    }
  }
  const complain = (error: unknown): void => print(error instanceof Error ? error.message : String(error));

  terminal.listen(take, () => print('(no more input; the bot goes on until Ctrl-C or SIGTERM)'));
}
