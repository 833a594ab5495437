// A strict local stand-in of the Telegram Bot API over real HTTP: the bot talks to it exactly as it
// would to Telegram, people are played through the returned object.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, shut } from '../loopback.ts';
import { TelegramRefusal } from './refusal.ts';
import { readPayload } from './request-body.ts';
import { addressRefusal, bodyRefusal, handleCall } from './api-request.ts';
import { createFaults } from './faults.ts';
import { createFloodGate } from './flood.ts';
import { createLongPoll } from './long-poll.ts';
import { createWebhook } from './webhook.ts';
import { createWorld } from './world.ts';
import { personSide } from './person-side.ts';
import { startOver, watching } from './watching.ts';
import type { Office, Outcome, RequestHook } from './api-request.ts';
import type { TelegramStandIn, TelegramStandInOptions } from './stand-in.ts';
import type { BotIdentity } from './world.ts';

export type * from './stand-in.ts';

const DEFAULT_TOKEN = '7000000001:playground-token-not-a-secret-000000';

function identity(token: string, bot: TelegramStandInOptions['bot'] = {}): BotIdentity {
  const id = Number(/^(\d+):/.exec(token)?.[1]);
  if (!Number.isSafeInteger(id)) throw new Error('The token of the stand-in must look like 123:abc.');
  const { firstName = 'Recharge counter', username = 'recharge_counter_bot' } = bot;
  return {
    user: { id, is_bot: true, first_name: firstName, username },
    canReadAllGroupMessages: bot.canReadAllGroupMessages ?? false,
  };
}

function createOffice(options: TelegramStandInOptions, token: string): Office {
  const now = options.now ?? Date.now;
  const bot = identity(token, options.bot);
  const world = createWorld({ now, bot, pressTimeoutMs: options.pressTimeoutMs ?? 5000 });
  const webhook = createWebhook(world, options.webhookFirstRetryMs ?? 1000);
  const longPoll = createLongPoll(world, webhook.isSet);
  const flood = createFloodGate(now, options.floodLimits);
  return { world, faults: createFaults(), flood, hooks: new Set(), longPoll, webhook };
}

/** The method an address names; another bot's token is 401, no token at all is 404. */
function methodIn(path: string, token: string): string {
  const [, given = '', method = ''] = /^\/bot([^/]+)\/([A-Za-z]+)\/?$/.exec(path) ?? [];
  if (!/^\d+:[\w-]+$/.test(given)) throw new TelegramRefusal(404, 'Not Found');
  if (given !== token) throw new TelegramRefusal(401, 'Unauthorized');
  return method;
}

function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === 'drop') {
    response.socket?.destroy();
    return;
  }
  if (outcome.kind === 'html') {
    const page =
      '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>Bad Gateway</body>\r\n</html>\r\n';
    response.writeHead(outcome.status, { 'content-type': 'text/html' }).end(page);
    return;
  }
  response
    .writeHead(outcome.status, { 'content-type': 'application/json' })
    .end(JSON.stringify(outcome.body));
}

async function answer(
  office: Office,
  request: IncomingMessage,
  where: { token: string; seq: number; response: ServerResponse },
): Promise<Outcome> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  let method: string;
  try {
    method = methodIn(decodeURIComponent(url.pathname), where.token);
  } catch (error) {
    return addressRefusal(error instanceof TelegramRefusal ? error : new TelegramRefusal(404, 'Not Found'));
  }
  const gone = new AbortController();
  where.response.once('close', () => gone.abort());
  const payload = await readPayload(request, url.searchParams).catch(bodyRefusal);
  return handleCall(office, { seq: where.seq, method, payload, signal: gone.signal });
}

function hooking(hooks: Set<RequestHook>) {
  return (hook: RequestHook): (() => void) => {
    hooks.add(hook);
    return () => void hooks.delete(hook);
  };
}

/** Starts the stand-in on 127.0.0.1; it runs until `close`. */
export async function startTelegramStandIn(options: TelegramStandInOptions = {}): Promise<TelegramStandIn> {
  const token = options.token ?? DEFAULT_TOKEN;
  const office = createOffice(options, token);
  const { world, faults } = office;
  let seq = 0;
  const server = createServer((request, response) => {
    void answer(office, request, { token, seq: ++seq, response })
      .catch((error: unknown) =>
        addressRefusal(new TelegramRefusal(500, `Internal Server Error: ${String(error)}`)),
      )
      .then((outcome) => send(response, outcome));
  });
  const port = await listen(server, options.port ?? 0);
  return {
    ...personSide(world),
    ...watching(world),
    faultNext: (rule) => faults.add(rule),
    outage: (on) => faults.outage(on),
    knowEphemeral: (on) => void (world.knowsEphemeral = on),
    onRequest: hooking(office.hooks),
    apiRoot: `http://127.0.0.1:${port}`,
    port,
    token,
    bot: world.bot.user,
    startOver: () => startOver(office),
    async close() {
      office.webhook.stop();
      office.longPoll.end();
      for (const query of world.queries.values()) query.settle({ answered: false });
      await shut(server);
    },
  };
}
