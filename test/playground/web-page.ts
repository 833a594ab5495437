// The page's server on two stand-ins, with a bot of paper, and a caller that may send what a browser would not.
import { request } from 'node:http';
import { startProviderStandIn, type ProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import type { BotState, BotSwitch } from '../../src/playground/web/bot-switch.ts';
import { startPlaygroundPage, type PlaygroundPage } from '../../src/playground/web/server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OpenPage {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly page: PlaygroundPage;
  /** What was asked of the bot's switch. */
  readonly done: readonly string[];
  /** From now on a new bot meets its people, until the result is called. */
  beginMeeting(): () => void;
  /** A request with exactly these headers, which `fetch` would not let through. */
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** Asks for something to be done, as the page does unless other headers are given. */
  act(action: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Buys as the bot would. */
  send(number: string): Promise<unknown>;
  close(): Promise<void>;
}

function paperBot(done: string[]): BotSwitch & Pick<OpenPage, 'beginMeeting'> {
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  const listeners = new Set<(state: BotState) => void>();
  const tell = (state: BotState): void => listeners.forEach((listener) => listener(state));
  let meeting: PromiseWithResolvers<undefined> | undefined;
  return {
    state: () => 'running',
    isMeeting: () => meeting !== undefined,
    settled: async () => meeting?.promise,
    beginMeeting: () => {
      meeting = Promise.withResolvers<undefined>();
      tell('starting');
      return () => {
        meeting?.resolve(undefined);
        meeting = undefined;
        tell('running');
      };
    },
    restart: note('restart'),
    kill: note('kill'),
    startOver: (clear) => {
      clear();
      return note('start over')();
    },
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function askServer(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asking,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(url), { method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

/** Opens it. */
export async function openPage(): Promise<OpenPage> {
  const [telegram, provider] = await Promise.all([startTelegramStandIn(), startProviderStandIn()]);
  const done: string[] = [];
  const bot = paperBot(done);
  const page = await startPlaygroundPage({ telegram, provider, bot });
  const { origin } = new URL(page.url);
  return {
    telegram,
    provider,
    page,
    done,
    beginMeeting: bot.beginMeeting,
    ask: (path, asking = {}) => askServer(page.url, path, asking),
    act: (action, headers = { origin }) =>
      askServer(page.url, '/act', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(action),
      }),
    async send(number) {
      const response = await fetch(`${provider.url}/internet/send`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-access-token': provider.key },
        body: JSON.stringify({ type: 'ADSL', number, value: 500, ref: `ref-${number}` }),
      });
      return response.json();
    },
    async close() {
      await page.close();
      await Promise.all([telegram.close(), provider.close()]);
    },
  };
}
