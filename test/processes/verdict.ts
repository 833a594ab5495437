// What must be true once all has settled, whatever was killed on the way: the provider's list, the shop's orders and what
// people confirmed say the same; every wallet adds up; every order's message says how it ended; no code where others read.

import type { AcceptedOrder } from '../../src/playground/oneclickdz/server.ts';
import type { ChatMessage } from '../../src/playground/telegram/server.ts';
import type { Entry } from '../../src/domain/ledger.ts';
import { isSettled, type Order } from '../../src/domain/order.ts';
import { MARKS } from '../../src/bot/order-card.ts';
import { parse } from '../../src/bot/callback-data.ts';
import { NOT_FOUND_BEFORE_RESEND, RESEND_AFTER_MS } from '../../src/domain/schedule.ts';
import { alerts } from './alerts.ts';
import type { Deeds } from './deeds.ts';
import type { Evidence, Shop } from './evidence.ts';
import type { Town } from './town.ts';

/** What is wrong, in a sentence, and where to look. */
export interface Violation {
  readonly what: string;
  readonly ref?: string;
}

/** The bot counts from when it wrote the sending down; on a busy machine and a fast clock the request comes later than that. */
const RESEND_AT_LEAST_MS = RESEND_AFTER_MS / 2;
/** How the ids of what was put on the wallets beforehand begin. */
const OPENING = 'opening';
/** About an order, by its number; a wish for credit may wait for as long as the shop likes. */
const UNDER_WAY = /^[⏳🔎🕒].*(?<!\d)(1\d{3})(?!\d)/u;

/** Promises 1 to 4: bought is what was confirmed, once, and both sides say the same of it. */
function* buying(
  { provider, telegram }: Town,
  deeds: Deeds,
  { shop: { orders }, outdated }: Evidence,
): Generator<Violation> {
  const accepted = new Map<string, AcceptedOrder>();
  const lines = new Set<string>();
  const byRef = new Map(orders.map((order) => [String(order.ref), order]));
  for (const one of provider.orders()) {
    const { ref, number } = one;
    if (accepted.has(ref)) yield { ref, what: `the provider has accepted ${ref} twice` };
    if (lines.has(number)) yield { ref, what: `line ${number} was bought twice, for one wish of one person` };
    accepted.set(ref, one);
    lines.add(number);
    if (!byRef.has(ref)) yield { ref, what: 'the provider has an order that the shop does not know' };
  }
  for (const order of orders) {
    const { ref, no, state } = order;
    const there = accepted.get(ref);
    const payment = deeds.payments.get(ref);
    if (payment === undefined) yield { ref, what: `order ${no} was confirmed by nobody` };
    else if (payment.person !== order.buyer) yield { ref, what: `order ${no} is not its buyer's` };
    if (!isSettled(order)) yield { ref, what: `order ${no} has not ended: ${state.name}` };
    if (there !== undefined && (there.number !== order.line || there.value * 100 !== order.value))
      yield { ref, what: `order ${no} is not what the provider was asked for` };
    const isTaken = there?.status === 'FULFILLED';
    if ((state.name === 'fulfilled') !== isTaken)
      yield { ref, what: `order ${no} is ${state.name}, at the provider ${there?.status ?? 'unknown'}` };
    if (order.sends > 1 && there === undefined && state.name === 'fulfilled')
      yield { ref, what: `order ${no} was sent ${order.sends} times and is nowhere` };
  }
  if (new Set(orders.map(({ no }) => no)).size < orders.length)
    yield { what: 'an order number was given twice' };
  yield* unheard(telegram, deeds, byRef, outdated);
}

/** Promise 4: sent again only after the provider has said often enough, and for long enough, that it does not know it. */
function* sending({ provider }: Town): Generator<Violation> {
  const asked = Map.groupBy(provider.calls, ({ ref = '' }) => ref);
  for (const [ref, calls] of asked) {
    let last: (typeof calls)[number] | undefined;
    let denials = 0;
    for (const call of calls) {
      const isDenial = call.path === `/internet/check-ref/${ref}` && call.status === 404;
      if (isDenial) denials += 1;
      if (call.path !== '/internet/send') continue;
      const waited = last === undefined ? Infinity : call.at - last.at;
      if (
        last !== undefined &&
        last.status !== 429 &&
        (denials < NOT_FOUND_BEFORE_RESEND || waited < RESEND_AT_LEAST_MS)
      )
        yield {
          ref,
          what: `${ref} was sent again after ${denials} denials and ${Math.round(waited / 1_000)} s`,
        };
      [last, denials] = [call, 0];
    }
  }
}

/** A confirmation became an order, or its card says why not: it does not go on asking. */
function* unheard(
  telegram: Town['telegram'],
  { payments }: Deeds,
  byRef: ReadonlyMap<string, Order>,
  outdated: ReadonlySet<string>,
): Generator<Violation> {
  const waiting = new Set(
    telegram
      .chats()
      .flatMap(({ id }) => telegram.messages(id))
      .filter(({ deleted }) => !deleted)
      .flatMap(({ keyboard }) => keyboard.flat())
      .flatMap(({ callback_data: data = '' }) => {
        const press = parse(data);
        return press?.kind === 'buy' && press.action.do === 'pay' ? [String(press.action.ref)] : [];
      }),
  );
  for (const [ref, { person, times }] of payments)
    if (!byRef.has(ref) && waiting.has(ref) && !outdated.has(ref))
      yield { ref, what: `person ${person} confirmed ${times} times, and the card still asks` };
}

/** Promise 5: every order's message says how it ended, with its code where only its buyer reads, and none is under way. */
function* messages({ telegram, provider }: Town, { orders }: Shop): Generator<Violation> {
  const shown = new Map<number, readonly ChatMessage[]>();
  const known = new Set(orders.map(({ no }) => String(no)));
  for (const { id } of telegram.chats()) {
    const all = telegram.messages(id).filter(({ from, deleted }) => from.isBot && !deleted);
    shown.set(id, all);
    for (const { original, edits } of all)
      for (const { text } of [original, ...edits]) {
        const [, no] = UNDER_WAY.exec(text) ?? [];
        if (no !== undefined && !known.has(no)) yield { what: `order ${no} was shown to ${id}, and is gone` };
      }
    // An order's message has no buttons until it ends; a screen about one that is an owner's to judge does.
    for (const { id: no, text } of all.filter(({ keyboard }) => keyboard.length === 0))
      if (UNDER_WAY.test(text))
        yield { what: `message ${no} of chat ${id} still says “${text.split('\n')[0] ?? ''}”` };
  }
  const codeOf = new Map(provider.orders().map(({ ref, cardCode }) => [ref, cardCode]));
  for (const { ref, no, state, message } of orders) {
    if (!message.ended) yield { ref, what: `the end of order ${no} was never shown` };
    const card = shown.get(message.chatId)?.find(({ id }) => id === message.messageId);
    const text = card?.text ?? '';
    if (!text.includes(MARKS[state.name]) || !text.includes(String(no)))
      yield { ref, what: `the message of order ${no} (${state.name}) says “${text.slice(0, 80)}”` };
    const hasCode = state.name === 'fulfilled' && state.code !== null && message.chatId > 0;
    if (hasCode && !text.includes(codeOf.get(ref) ?? ''))
      yield { ref, what: `order ${no} does not show its code` };
  }
}

/** Promise 6: every wallet is the sum of its entries, and these are what people confirmed, each once. */
function* money(town: Town, deeds: Deeds, { orders, moves }: Shop): Generator<Violation> {
  const sumOf = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0);
  const took = sumOf(
    town.provider.orders().map(({ debited, refunded }) => Math.round((debited - refunded) * 100)),
  );
  const costs = sumOf(orders.filter(({ state }) => state.name === 'fulfilled').map(({ cost }) => cost));
  if (took !== costs) yield { what: `the provider took ${took}, fulfilled orders cost the shop ${costs}` };
  yield* movements(deeds, moves);
}

function* movements(
  { movements: confirmed, approved }: Deeds,
  moves: readonly Entry[],
): Generator<Violation> {
  const ids = new Set<string>();
  for (const { id, ref, kind, amount } of moves) {
    if (ids.has(id)) yield { what: `the movement ${id} is there twice` };
    ids.add(id);
    if (ref.startsWith(OPENING)) continue;
    const known = confirmed.get(ref);
    const isAsked = approved.has(ref.replace(/^request-/, ''));
    if (known === undefined && !isAsked) yield { what: `nobody confirmed the ${kind} ${id}` };
    if (known !== undefined && known.amount !== amount)
      yield { what: `the ${kind} ${id} is not what was confirmed` };
  }
  for (const [id, { by, kind }] of confirmed)
    if (kind === 'deposit' && !ids.has(`${id}:deposit`))
      yield { what: `owner ${by} put money on a wallet (${id}), and it is not there` };
  for (const id of approved)
    if (!ids.has(`request-${id}:deposit`))
      yield { what: `the wish for credit ${id} was granted, and nothing came` };
}

/** Promise 7: a code is read by its buyer alone, and by no log. */
function* codes(
  { telegram, provider, token = telegram.token }: Town & { token?: string },
  { orders }: Shop,
  log: string,
) {
  const buyers = new Map(orders.map(({ ref, buyer }) => [String(ref), buyer]));
  const readers = new Map(provider.orders().map(({ cardCode, ref }) => [cardCode, buyers.get(ref)]));
  const known = (text: string): readonly string[] => [...text.matchAll(/\d{12,}/g)].map(([code]) => code);
  for (const { id } of telegram.chats())
    for (const { id: no, original, edits, ephemeral } of telegram.messages(id))
      for (const { text, keyboard } of [original, ...edits])
        for (const code of known(`${text} ${JSON.stringify(keyboard)}`)) {
          if (!readers.has(code)) continue;
          if (id < 0 && ephemeral === undefined)
            yield { what: `message ${no} shows a code to the group ${id}` };
          else if (readers.get(code) !== (ephemeral?.receiverId ?? id))
            yield { what: `message ${no} of chat ${id} shows a code that is somebody else's` };
        }
  if (known(log).some((code) => readers.has(code))) yield { what: 'a card code is in the log' };
  if (log.includes(token) || log.includes(provider.key)) yield { what: 'a secret is in the log' };
}

/** Everything that is not as it must be, when no bot runs any more. */
export async function violationsOf(
  town: Town,
  deeds: Deeds,
  evidence: Evidence,
): Promise<readonly Violation[]> {
  const { shop, log, kills, lost } = evidence;
  return [
    ...buying(town, deeds, evidence),
    ...sending(town),
    ...messages(town, shop),
    ...money(town, deeds, shop),
    ...(await town.storehouse.faults()).map((what) => ({ what })),
    ...codes(town, shop, log),
    ...alerts(town, kills, lost),
  ];
}
