// All that only owners may do, as it would do something, at a counter where there is something to do it to.

import { dinars } from '../../src/domain/money.ts';
import type { RecordKind } from '../../src/domain/shop.ts';
import { found } from '../domain/an-order.ts';
import { letIn } from './group-people.ts';
import { COLLEAGUE, OWNER, STRANGER, type Counter } from './open-counter.ts';

export const [KARIM, NADIA, FROZEN] = [20, 30, 40];
/** The order in review, a group, and a request for credit, which buttons name. */
export const [NO, GROUP, REQUEST] = [1042, -1005, 'r1'];

/** Every command of owners, as it would do something. */
export const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  invite: ['', 'agent'],
  people: ['', 'karim'],
  correct: ['', '@30', '30 -100 twice'],
  prices: [''],
  today: [''],
  pause: ['', 'closed'],
  resume: [''],
  threshold: ['', '5000'],
  orders: ['', 'open', '036362608', '30'],
  order: ['', String(NO)],
  audit: [''],
  groups: [''],
  allow: [''],
};

/** Every button of owners, with words that mean something. */
export const PRESSES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  pans: [[String(STRANGER), 'a']],
  pinv: [['a']],
  plist: [[], ['a', '0']],
  pcard: [['20']],
  prole: [['30', 'a']],
  pfrz: [
    ['30', '1'],
    ['40', '0'],
  ],
  prem: [['30']],
  premy: [['30']],
  pceil: [['20']],
  pstop: [['20']],
  wdep: [['30']],
  wcor: [['30']],
  wput: [['30', '100000', 'x1', '0']],
  wfix: [['x1']],
  wyes: [[REQUEST]],
  wno: [[REQUEST]],
  wstat: [['30']],
  wfileof: [['30']],
  hprices: [[]],
  hrule: [['agent']],
  hloss: [['yes']],
  hprice: [['20']],
  hpset: [['20']],
  hpclear: [['20']],
  hploss: [['20', 'yes']],
  hlist: [['all'], ['p30']],
  hstates: [[]],
  horder: [[String(NO)]],
  hask: [[String(NO)]],
  haudit: [[]],
  hfile: [[]],
  glist: [['0']],
  goff: [[String(GROUP)]],
  goffyes: [[String(GROUP)]],
};

/** How each question of owners is asked, and what would be an answer. */
export const ANSWERS: Readonly<Record<string, readonly [data: readonly string[], answer: string]>> = {
  pceil: [['pceil', '20'], '5000'],
  wdep: [['wdep', '30'], '5000'],
  wcor: [['wcor', '30'], '-100 twice'],
  wwhy: [['wcor', '30', '-10000'], 'counted twice'],
  hrule: [['hrule', 'agent'], '-50%'],
  hpset: [['hpset', '20'], '-50%'],
  hwhy: [[], 'seen in the dashboard'],
};

const KINDS: readonly RecordKind[] = [
  ...([
    'member',
    'ask',
    'invite',
    'spent',
    'request',
    'draft',
    'news',
    'kept',
    'group',
    'house',
    'incidents',
  ] as const),
];

/** Everything that there is to change. */
export async function everythingAt({ shop: { store } }: Counter): Promise<unknown> {
  const records = await Promise.all(KINDS.map((kind) => store.records(kind)));
  const wallets = await Promise.all([OWNER, COLLEAGUE, KARIM, NADIA, FROZEN].map((id) => store.wallet(id)));
  return { records, wallets, orders: store.all(), audit: (await store.auditTrail(null, 100)).rows };
}

/** What nobody but an owner may read. */
export const SECRET =
  /cost|margin|below|980|9.800|revenue|reference|t0000001|agents pay|start=i-|Telegram number: (20|30|40)|Friends/i;

/** People, a group, a request and an order in review, for all of that to be about. */
export async function fillShop(counter: Counter): Promise<void> {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent' });
  await letIn(counter, { id: NADIA, name: 'Nadia', role: 'customer' });
  await letIn(counter, { id: FROZEN, name: 'Lina', role: 'agent' });
  await counter.handle();
  await counter.cases.members.setFrozen(OWNER, FROZEN, true);
  await counter.cases.members.ask({ id: STRANGER, name: 'Stranger', username: null });
  await counter.cases.groups.allow(OWNER, GROUP, 'Friends');
  await counter.cases.accounts.ask({ person: NADIA, amount: dinars(500), slip: null, id: REQUEST });
  const order = await counter.shop.buy();
  await counter.shop.advance(order);
  await counter.shop.record(order.ref, found('fulfilled', { number: '036000000' }));
  for (const person of [STRANGER, KARIM, NADIA, FROZEN, COLLEAGUE]) await counter.say('/start', person);
}
