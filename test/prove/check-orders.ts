// What became of orders, once everything has settled: what was bought is what was confirmed, once (1), both sides say the
// same of it (3), and its message says how it ended (5), with the code for its buyer (7).

import { isEnded, type StoredOrder, type StoredRecord } from './book.ts';
import { CUSTOMERS } from './cast.ts';
import type { Court } from './court.ts';
import type { Said } from './telegram.ts';

/** Nobody is told "the money is back" of something that the provider has and keeps. */
export function checkNotBought(
  { provider, deeds, broken }: Court,
  { ref, no, state: { name } }: StoredOrder,
): void {
  if (name !== 'rejected' && name !== 'refunded') return;
  const bought = provider.purchases.find((one) => one.ref === ref);
  if (bought === undefined || deeds().judged.has(no)) return;
  if (name === 'rejected') broken(3, `order ${no} was called a failure, and the provider had taken it`);
  else if (!provider.endsOf(bought).includes('REFUNDED'))
    broken(3, `order ${no} was called given back, and the provider never said so`);
}

/** Whether a card shows this line, whole or masked. */
function isOn(card: string, line: string): boolean {
  const signs = card.replace(/[^\d•]/g, '');
  const masked = `${line.slice(0, line.startsWith('213') ? 6 : 3)}••••${line.slice(-2)}`;
  return signs.includes(line) || signs.includes(masked);
}

function checkConfirmed({ deeds, broken }: Court, { ref, no, buyer, line }: StoredOrder): void {
  const confirmed = deeds().paid.get(ref);
  if (confirmed === undefined) broken(1, `order ${no} was confirmed by nobody`);
  else if (confirmed.person !== buyer) broken(1, `order ${no} is not its buyer's`);
  else if (!isOn(confirmed.card, line)) broken(1, `order ${no} is for another line than was confirmed`);
}

function checkDelivered({ provider, deeds, broken }: Court, { ref, no, state }: StoredOrder): void {
  if (state.name !== 'fulfilled' || deeds().judged.has(no)) return;
  const bought = provider.purchases.find((one) => one.ref === ref);
  if (bought === undefined) broken(3, `order ${no} was called delivered, and the provider does not know it`);
  else if (!provider.endsOf(bought).includes('FULFILLED'))
    broken(3, `order ${no} was called delivered, and was not`);
}

/** Promises 1 and 3. */
export function checkBuying(court: Court, all: readonly StoredRecord[]): void {
  const { provider, test, broken } = court;
  const byRef = new Map(all.map((record) => [record.order.ref, record.order]));
  if (new Set(all.map(({ order }) => order.no)).size < all.length)
    broken(6, 'an order number was given twice');
  for (const { ref, number, value } of provider.purchases) {
    const order = byRef.get(ref);
    if (order === undefined) broken(1, `the provider has ${ref}, and the shop has no such order`);
    else if (order.line !== number || order.value !== value * 100)
      broken(1, `${ref} is not what was confirmed`);
  }
  for (const { order } of all) {
    test(1);
    test(3);
    checkConfirmed(court, order);
    checkNotBought(court, order);
    checkDelivered(court, order);
  }
}

/** Promise 1 for what people write: an update that comes again without a kill is not answered again. */
export function checkOnce({ plan, telegram, deeds, test, broken }: Court): void {
  if (plan.crashes.length + plan.disk.length + plan.database.length + plan.blocked.length > 0) return;
  // A repeated call is two calls to Telegram.
  if (plan.net.some(({ fault }) => fault.how === 'twice')) return;
  for (const person of CUSTOMERS) {
    const own = plan.acts.filter((act) => act.person === person);
    // Whoever only says things hears one answer to each, unless others do something about them.
    const isPlain =
      own.length > 0 && own.every(({ errand }) => errand.do === 'say' && errand.text !== '036362608');
    const isMeant = plan.acts.some(
      ({ errand }) =>
        ('to' in errand && errand.to === person) || ('whom' in errand && errand.whom === person),
    );
    if (!isPlain || isMeant) continue;
    test(1);
    const heard = telegram.said.filter(({ chat }) => chat === person).length;
    const wrote = deeds().wrote.get(person) ?? 0;
    if (heard > wrote) broken(1, `person ${person} wrote ${wrote} times and was answered ${heard} times`);
  }
}

/** Promise 5 for one order. */
function checkEnd({ telegram, test, broken }: Court, order: StoredOrder): void {
  const { no, state, message, buyer } = order;
  if (!isEnded(order)) {
    broken(5, `order ${no} has not ended: ${state.name}`);
    return;
  }
  test(5);
  if (!message.ended) broken(5, `the end of order ${no} was never shown`);
  const { chatId, messageId } = message;
  const card = telegram.said.find(({ chat, id }) => chat === chatId && id === messageId);
  const mark = state.name === 'fulfilled' ? '✅' : '↩️';
  const hasEnd = (one: Said): boolean => one.text.includes(mark) && one.text.includes(String(no));
  if (card !== undefined && !card.deleted && !hasEnd(card))
    broken(5, `the message of order ${no} says “${card.text.slice(0, 60)}” and not its end`);
  if (!telegram.said.some((one) => (one.chat === chatId || one.chat === buyer) && hasEnd(one)))
    broken(5, `nobody was shown the end of order ${no}`);
}

/** Promise 5, and the part of 7 that says who does see the code; `hasSeen`: whether a person was shown a code. */
export function checkEnds(
  court: Court,
  all: readonly StoredRecord[],
  hasSeen: (person: number, code: string) => boolean,
): void {
  const { plan, provider, broken } = court;
  for (const { order } of all) {
    checkEnd(court, order);
    const { state, buyer } = order;
    const code = provider.code(order.ref);
    if (state.name !== 'fulfilled' || typeof state.code !== 'string' || code === undefined) continue;
    if (!hasSeen(buyer, code) && !plan.blocked.some(({ person }) => person === buyer))
      broken(7, `the buyer of order ${order.no} was never shown the code`);
  }
}
