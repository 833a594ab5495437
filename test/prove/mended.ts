// What was put into the program because the simulator found it missing; each has its history in `regressions`.

import { taken, type Mutant } from './mutant.ts';

export const MENDED: readonly Mutant[] = [
  taken(
    'the check of the card key is not synced',
    'store/open-folder.ts',
    'await handle.writeFile(sealed);\n    await handle.sync();',
    'await handle.writeFile(sealed);',
  ),
  taken(
    'a request for credit that comes again is a new one',
    'bot/wallet-credit.ts',
    '`u${ctx.update.update_id}`',
    '`u${ctx.update.update_id}-${Math.random()}`',
  ),
  taken(
    'an old flow is not known to have become an order',
    'bot/prompts.ts',
    'for (const order of await newestOrders(key, store)) prompts.give(order);',
    'void key;',
  ),
  taken(
    'a late tap on "pay" draws another confirmation',
    'bot/buy.ts',
    "return pays && quoted.kind === 'quoted' && action.ref !== quoted.ref;",
    'return pays && false;',
  ),
  taken(
    'what a failed write left on disk stays there',
    'store/store-writer.ts',
    'if (uncertain && !closed)',
    'if (uncertain && closed)',
  ),
  taken(
    'every refused show counts, whenever it was tried',
    'domain/showing.ts',
    'const counts = event.waitMs === undefined && !isEarly;',
    'const counts = true;',
  ),
  taken(
    'a torn lock from the future is believed',
    'store/lock.ts',
    'holder === undefined ? Math.abs(age) : age;',
    'age;',
  ),
  taken(
    'a file that an earlier life made is taken to be safe by its name',
    'store/month-files.ts',
    'if (!areNamesSafe) await keepNames();',
    '',
  ),
  taken(
    'an end counts as seen although an older edit may still land',
    'bot/notifier.ts',
    'if (ended && lateMs > 0) {',
    'if (ended && lateMs < 0) {',
  ),
  taken(
    'a refusal for money is believed at once',
    'app/advance-order.ts',
    'if (isDoubtful && !(await isUnknownThere(sending, result))) return;',
    'void isDoubtful; void isUnknownThere;',
  ),
  taken(
    'a late edit of the card that was confirmed is forgotten',
    'main/chat.ts',
    'createPrompts({ chat,',
    'createPrompts({ chat: plainChat,',
  ),
  taken(
    'the wait before sending again is counted from before the write',
    'domain/transitions.ts',
    'toUnknown(order, now, { sentAt: now })',
    'toUnknown(order, now)',
  ),
];
