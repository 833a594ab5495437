// The other side of "whole purchases per second": a grammY bot with nothing but the calls. It asks Telegram and the
// provider what the real bot asks, in the same order, and keeps everything in a Map: no disk, no limits, no safety.

import { setTimeout as rest } from 'node:timers/promises';
import { Bot, InlineKeyboard, type Context } from 'grammy';
import { LABELS } from './crowd.ts';

interface Order {
  readonly chat: number;
  readonly message: number;
  readonly id: string;
  dueAt: number;
}

interface Basket {
  line: string;
  prompt: number;
}

const FIRST_ASK_MS = 4_000;
const ASK_AGAIN_MS = 5_000;
/** From this many due orders on, one page of the list answers for all. */
const LIST_FROM = 3;
const VALUE = 500;

const env = (name: string): string => process.env[name] ?? '';
const baskets = new Map<number, Basket>();
const open = new Map<string, Order>();
let refs = 0;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const field = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined);

async function provider(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${env('ONECLICK_API_URL')}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-access-token': env('ONECLICK_API_KEY'), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return field(answer, 'data') ?? answer;
}

const bot = new Bot(env('BOT_TOKEN'), { client: { apiRoot: env('TELEGRAM_API_ROOT') } });
const { api } = bot;
// A connection that the server closes at the moment it is used again is not what is measured here.
api.config.use((next, method, payload, signal) =>
  next(method, payload, signal).catch(() => next(method, payload, signal)),
);
const keys = (...labels: readonly string[]): InlineKeyboard =>
  new InlineKeyboard(labels.map((label) => [InlineKeyboard.text(label, label)]));
const price = (): Promise<unknown> =>
  Promise.all([provider('internet/products?type=ADSL'), provider('account/balance')]);
const prompted = (ctx: Context): number => ctx.callbackQuery?.message?.message_id ?? 0;

bot.command('topup', (ctx) =>
  ctx.reply('What would you like to recharge?', { reply_markup: keys(LABELS.adsl, LABELS.cancel) }),
);

bot.on('message:text', async (ctx) => {
  const line = ctx.message.text;
  const prompt = baskets.get(ctx.chat.id)?.prompt ?? 0;
  void ctx.replyWithChatAction('typing');
  await provider(`internet/check-number?type=ADSL&number=${line}`);
  void api.editMessageReplyMarkup(ctx.chat.id, prompt);
  const text = `Line found: ${line}\nChoose the amount. In brackets: what you pay.`;
  const sent = await ctx.reply(text, { reply_markup: keys(LABELS.value, LABELS.cancel) });
  baskets.set(ctx.chat.id, { line, prompt: sent.message_id });
});

const presses: Readonly<Record<string, (ctx: Context, chat: number) => Promise<unknown>>> = {
  [LABELS.adsl]: (ctx, chat) => {
    baskets.set(chat, { line: '', prompt: prompted(ctx) });
    const text = 'ADSL / Fibre. Send the line number: 9 digits starting with 0.';
    return ctx.editMessageText(text, { reply_markup: keys(LABELS.back, LABELS.cancel) });
  },
  [LABELS.value]: async (ctx, chat) => {
    void ctx.replyWithChatAction('typing');
    await price();
    const text = `Check, then pay.\nADSL · ${baskets.get(chat)?.line ?? ''}\nRecharge: 500 DA\nYou pay: 490 DA`;
    return ctx.editMessageText(text, { reply_markup: keys(LABELS.pay, LABELS.back, LABELS.cancel) });
  },
  [LABELS.pay]: async (ctx, chat) => {
    const message = prompted(ctx);
    const number = baskets.get(chat)?.line ?? '';
    void ctx.replyWithChatAction('typing');
    await price();
    const sending = api.editMessageText(chat, message, `⏳ Order: being sent.\nADSL · ${number} · 500 DA`);
    const ref = `bare${(refs += 1)}`;
    const sent = await provider('internet/send', { type: 'ADSL', number, value: VALUE, ref });
    const id = String(field(sent, 'topupId'));
    await sending;
    await api.editMessageText(chat, message, `⏳ Order: in progress.\nADSL · ${number} · 500 DA`);
    open.set(id, { chat, message, id, dueAt: Date.now() + FIRST_ASK_MS });
  },
};

bot.on('callback_query:data', async (ctx) => {
  await ctx.answerCallbackQuery();
  await presses[ctx.callbackQuery.data]?.(ctx, ctx.chatId ?? 0);
});

/** Shows the end of an order that the provider shows as fulfilled; whether it was one that we wait for. */
function tell(topup: unknown): boolean {
  const order = open.get(String(field(topup, '_id')));
  if (order === undefined) return false;
  if (field(topup, 'status') !== 'FULFILLED') {
    order.dueAt = Date.now() + ASK_AGAIN_MS;
    return true;
  }
  open.delete(order.id);
  const text = `✅ Order: recharged.\nCard code: ${String(field(topup, 'card_code'))}`;
  void api.editMessageText(order.chat, order.message, text, { reply_markup: keys(LABELS.again) });
  return true;
}

/** As the real bot asks: by pages of the list while they show enough, then one by one. */
async function ask(due: readonly Order[]): Promise<void> {
  const isLeft = ({ id }: Order): boolean => (open.get(id)?.dueAt ?? Infinity) <= Date.now();
  for (let page = 1, hits = 2; hits >= 2 && due.filter(isLeft).length >= LIST_FROM; page += 1) {
    const topups = field(await provider(`internet/list?page=${page}&pageSize=100`), 'topups');
    hits = Array.isArray(topups) ? topups.filter(tell).length : 0;
  }
  for (const { id } of due.filter(isLeft)) tell(await provider(`internet/check-id/${id}`));
}

async function watch(): Promise<void> {
  for (;;) {
    const due = [...open.values()].filter(({ dueAt }) => dueAt <= Date.now());
    if (due.length > 0) await ask(due);
    else await rest(20);
  }
}

async function poll(): Promise<void> {
  let offset = 0;
  for (;;) {
    const updates = await api.getUpdates({ offset, timeout: 30 });
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
    for (const update of updates) void bot.handleUpdate(update);
  }
}

await bot.init();
await Promise.all([poll(), watch()]);
