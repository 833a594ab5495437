// Where the program can die: every kind of step that touches disk or network, as the simulator names it. The report tells at
// which of them it did.

import type { Phase } from './memory-disk.ts';

/** The steps of an order's path, from the tap to its last message, and of finding it again after a kill. */
const PATH: readonly [string, ...string[]] = [
  'disk open orders.json.tmp',
  'disk write orders.json.tmp',
  'disk sync orders.json.tmp',
  'disk unlink orders.json.prev',
  'disk link orders.json.prev',
  'disk rename orders.json.tmp',
  'disk open folder',
  'disk sync folder',
  'disk open archive/month',
  'disk stat archive/month',
  'disk write archive/month',
  'disk sync archive/month',
  'disk open journal/month',
  'disk stat journal/month',
  'disk write journal/month',
  'disk sync journal/month',
  'disk open archive folder',
  'disk sync archive folder',
  'disk open journal folder',
  'disk sync journal folder',
  'disk open conversations.json.tmp',
  'disk write conversations.json.tmp',
  'disk unlink conversations.json.prev',
  'disk link conversations.json.prev',
  'disk rename conversations.json.tmp',
  'disk read orders.json',
  'disk read conversations.json',
  'disk read archive/month',
  'disk read journal/month',
  'disk unlink orders.json.tmp',
  'provider GET validate',
  'provider GET account/balance',
  'provider GET internet/products',
  'provider GET internet/check-number',
  'provider POST internet/send',
  'provider GET internet/check-id',
  'provider GET internet/check-ref',
  'provider GET internet/list',
  'telegram getUpdates',
  'telegram sendMessage',
  'telegram editMessageText',
  'telegram editMessageReplyMarkup',
  'telegram answerCallbackQuery',
  'telegram sendChatAction',
];

/** The part of them around a purchase itself, where it is most worth dying. */
const HEART = PATH.filter((name) =>
  /orders\.json\.tmp|sync folder|POST|check-|archive\/|journal\/|getUpdates/.test(name),
);

/** What a start goes through besides: the lock, the card key, the settings, what an earlier death left lying about. */
const STARTING: readonly [string, ...string[]] = [
  'disk mkdir folder',
  'disk mkdir archive folder',
  'disk mkdir journal folder',
  'disk list archive folder',
  'disk list journal folder',
  'disk write bot.lock ticket',
  'disk link bot.lock',
  'disk read bot.lock',
  'disk stat bot.lock',
  'disk unlink bot.lock ticket',
  'disk rename bot.lock ticket',
  'disk touch bot.lock',
  'disk unlink bot.lock',
  'disk read moved.json',
  'disk read card.check',
  'disk write card.check.tmp',
  'disk rename card.check.tmp',
  'disk read settings.json',
  'disk write settings.json.tmp',
  'disk rename settings.json.tmp',
  'disk read provider.json',
  'disk write provider.json.tmp',
  'disk read conversations.json.prev',
  'disk link conversations.json.torn',
  'disk truncate journal/month',
  'disk truncate archive/month',
  'telegram getMe',
  'telegram deleteWebhook',
  'telegram getMyCommands',
];

/** When a step can be died at: nobody sees a half-done one but of a write. */
export const phasesOf = (name: string): readonly [Phase, ...Phase[]] =>
  name.includes(' write ') ? ['before', 'half', 'after'] : ['before', 'after'];

const NETWORK = PATH.filter((name) => !name.startsWith('disk '));

/** The same with the shop in a database. */
const STATEMENTS: readonly [string, ...string[]] = [
  'database connect',
  'database begin',
  'database pg_advisory_xact_lock',
  'database insert orders',
  'database update orders',
  'database select orders',
  'database update counters',
  'database insert entries',
  'database insert accounts',
  'database update accounts',
  'database select accounts',
  'database insert audit',
  'database insert shop',
  'database select shop',
  'database commit orders',
  'database commit shop',
  'database insert updates',
  'database commit updates',
  'database update lanes',
  'database select updates',
  'database update updates',
  'database commit lanes',
  'database update traffic',
];

export interface Points {
  readonly path: readonly [string, ...string[]];
  /** The part of the path around a purchase itself, where it is most worth dying. */
  readonly heart: readonly [string, ...string[]];
  /** What a start goes through besides. */
  readonly starting: readonly [string, ...string[]];
}

export const ON_DISK: Points = { path: PATH, heart: [PATH[0], ...HEART], starting: STARTING };

export const IN_DATABASE: Points = {
  path: [...STATEMENTS, ...NETWORK],
  heart: [
    'database commit orders',
    'database commit orders',
    ...STATEMENTS.filter((name) => /orders|accounts|entries|commit|counters|lanes/.test(name)),
    ...NETWORK.filter((name) => /POST|check-|getUpdates/.test(name)),
  ],
  starting: [
    'database connect',
    'database listen',
    'database select schema_version',
    'database insert facts',
    'database insert provider_keys',
    'database select people',
    'database pg_try_advisory_lock',
    'database pg_try_advisory_lock_shared',
    'telegram getMe',
    'telegram deleteWebhook',
    'telegram getMyCommands',
  ],
};
