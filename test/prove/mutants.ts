// What the simulator must be able to see: the program with one safeguard taken out. Nothing in `src` knows of it; the text
// is replaced while the module is loaded, and a text that is no longer there is an error.

import { registerHooks } from 'node:module';

interface Change {
  /** Below `src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Mutant {
  readonly name: string;
  readonly changes: readonly Change[];
}

const one = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  changes: [{ file, from, to }],
});

export const SAFEGUARDS: readonly Mutant[] = [
  one(
    'the reference is made when "pay" is pressed, not when the card is drawn',
    'bot/desk-paying.ts',
    'const { service, line, ref, twinAccepted } = agreed;',
    'const { service, line, twinAccepted } = agreed; const ref = newRef();',
  ),
  one(
    'a purchase is sent again under a new reference',
    'app/advance-order.ts',
    'await topups.send(sending)',
    'await topups.send(sending.sends < 2 ? sending : { ...sending, ref: `${sending.ref}x` })',
  ),
  one(
    'the order is written after it was sent',
    'app/advance-order.ts',
    "const sending = await record(order.ref, { type: 'send-begun' });",
    "const sending = order; void record(order.ref, { type: 'send-begun' });",
  ),
  one('the order book is not synced', 'store/durable-file.ts', 'if (durable) await handle.sync();', ''),
  one(
    'the folder of the order book is not synced',
    'store/durable-file.ts',
    'if (durable) await settleFolder(hasPrevious);',
    'void settleFolder; void hasPrevious;',
  ),
  one(
    'the journal and the archive are not synced',
    'store/month-files.ts',
    'await writeAll(handle, bytes, end);\n  await handle.sync();',
    'await writeAll(handle, bytes, end);',
  ),
  {
    name: 'the transport repeats the POST of a purchase',
    changes: [
      {
        file: 'oneclickdz/client.ts',
        from: "transport.once({ ...call, priority: 'person', purpose: 'send' }, sendMs)",
        to: "transport.patiently({ ...call, priority: 'person', purpose: 'send' })",
      },
      {
        file: 'oneclickdz/transport.ts',
        from: "ask.method === 'GET' && repeat < REPEATS[ask.priority]",
        to: 'repeat < REPEATS[ask.priority]',
      },
    ],
  },
  one(
    'handled updates are forgotten',
    'store/dialogues.ts',
    'handled: (updateId) => file.now().handled.has(updateId),',
    'handled: () => false,',
  ),
  one(
    'a movement of money that comes twice is made twice',
    'store/store-writer.ts',
    'added: (id) => journal.hasAdded(id, now),',
    'added: () => false,',
  ),
  {
    name: 'a request for credit can be approved twice',
    changes: [
      {
        file: 'app/credit-requests.ts',
        from: "if (request.verdict !== null) return { no: 'decided' };",
        to: '',
      },
      {
        file: 'app/credit-requests.ts',
        from: 'entryOf(`request-${id}`, deposit)',
        to: "entryOf(`request-${id}${request.verdict === null ? '' : '-again'}`, deposit)",
      },
    ],
  },
  one(
    'updates and flows are keyed by the chat alone',
    'bot/context.ts',
    'return `${place.chatId}:${person.id}:${place.threadId ?? 0}`;',
    'return `${place.chatId}:${place.chatId > 0 ? person.id : 0}:${place.threadId ?? 0}`;',
  ),
  {
    name: 'the hold is not in the commit that opens the order',
    changes: [
      {
        file: 'app/place-order.ts',
        from: "store.commit({ kind: 'open', ...confirm(purchase, clock()) })",
        to: "store.commit({ kind: 'open', ...confirm(purchase, clock()), entries: [] })",
      },
      { file: 'store/order-change.ts', from: 'checkEntries(record);', to: 'void checkEntries;' },
    ],
  },
  one(
    'a lost answer counts as a refusal',
    'app/advance-order.ts',
    "case 'doubt':\n        return { type: 'doubt' };",
    "case 'doubt':\n        return { type: 'refused', refusal: { reason: 'busy' } };",
  ),
  {
    name: '"not found" is believed at once',
    changes: [
      {
        file: 'domain/schedule.ts',
        from: 'NOT_FOUND_BEFORE_RESEND = 5;',
        to: 'NOT_FOUND_BEFORE_RESEND = 1;',
      },
      { file: 'domain/schedule.ts', from: 'RESEND_AFTER_MS = 3 * MINUTE;', to: 'RESEND_AFTER_MS = 0;' },
    ],
  },
  {
    name: 'an order found half sent after a crash is simply sent again',
    changes: [
      {
        file: 'domain/transitions.ts',
        from: "case 'sending':\n      return 'interrupted';",
        to: "case 'sending':\n      return 'send';",
      },
      {
        file: 'domain/transitions.ts',
        from: "if (state.name !== 'confirmed' && !mayResend(order, now)) return undefined;",
        to: "if (state.name !== 'confirmed' && state.name !== 'sending' && !mayResend(order, now)) return undefined;",
      },
    ],
  },
  one(
    'a step decided on an older revision is taken',
    'store/order-change.ts',
    "if (there?.order.rev !== order.rev - 1) return { kind: 'stale' };",
    "if (there === undefined) return { kind: 'stale' };",
  ),
  one(
    'a wallet may be overspent',
    'store/order-change.ts',
    'const refused = refusal(draft, order, entries);',
    'const refused = undefined; void refusal;',
  ),
  {
    name: 'the card code is kept in the clear',
    changes: [
      {
        file: 'store/vault.ts',
        from: 'const isSealed = (text: string): text is SealedCode => FORM.test(text);',
        to: "const isSealed = (text: string): text is SealedCode => text !== '';",
      },
      {
        file: 'store/vault.ts',
        from: '      const iv = randomBytes(IV_BYTES);',
        to: "      if (ref !== 'cardcheck' && isSealed(code)) return code;\n      const iv = randomBytes(IV_BYTES);",
      },
    ],
  },
  one(
    'the card code is shown in the group',
    'bot/notifier.ts',
    'const cardFor = (order: Order, codeWaits: boolean): View =>\n    isInGroup(order)',
    'const cardFor = (order: Order, codeWaits: boolean): View =>\n    order.no < 0',
  ),
  one(
    'messages are not looked at again after a restart',
    'main.ts',
    'for (const order of await folder.store.active()) orderSide.notifier.changed(order);',
    '',
  ),
  one(
    'a refused key does not stop the traffic',
    'oneclickdz/errors.ts',
    "if (detail !== undefined) return { kind: 'halt', detail, certain: complaint.readable };",
    'void detail;',
  ),
  one(
    'the journal keeps the lines of a write that failed',
    'store/store-writer.ts',
    'await appended?.takeBack();',
    '',
  ),
];

/** What was put in because the simulator missed it; each has its history in `regressions`. */
export const MENDED: readonly Mutant[] = [
  one(
    'the check of the card key is not synced',
    'store/open-folder.ts',
    'await handle.writeFile(sealed);\n    await handle.sync();',
    'await handle.writeFile(sealed);',
  ),
  one(
    'a request for credit that comes again is a new one',
    'bot/wallet-credit.ts',
    '`u${ctx.update.update_id}`',
    '`u${ctx.update.update_id}-${Math.random()}`',
  ),
  one(
    'an old flow is not known to have become an order',
    'bot/prompts.ts',
    'for (const order of await store.history(memberOf(key), MOST_RECENT)) prompts.give(order);',
    'void memberOf; void MOST_RECENT;',
  ),
  one(
    'a late tap on "pay" draws another confirmation',
    'bot/buy.ts',
    "return pays && quoted.kind === 'quoted' && action.ref !== quoted.ref;",
    'return pays && false;',
  ),
  one(
    'what a failed write left on disk stays there',
    'store/store-writer.ts',
    'if (uncertain && !closed)',
    'if (uncertain && closed)',
  ),
  one(
    'every refused show counts, whenever it was tried',
    'domain/showing.ts',
    'const counts = event.waitMs === undefined && !isEarly;',
    'const counts = true;',
  ),
];

export const MUTANTS: readonly Mutant[] = [...SAFEGUARDS, ...MENDED];

/** A seed that shows what a safeguard is for, where the first ones don't. */
export const FOUND_AT: Readonly<Record<string, number>> = {
  'a purchase is sent again under a new reference': 15,
  'the journal and the archive are not synced': 28,
  'the transport repeats the POST of a purchase': 36,
  'handled updates are forgotten': 40,
  'a request for credit can be approved twice': 80,
  'updates and flows are keyed by the chat alone': 150,
  'a lost answer counts as a refusal': 36,
  '"not found" is believed at once': 15,
  'an order found half sent after a crash is simply sent again': 27,
  'a wallet may be overspent': 124,
  'messages are not looked at again after a restart': 94,
  'a refused key does not stop the traffic': 72,
  'the journal keeps the lines of a write that failed': 483,
};

/** Takes the safeguard out of every module that is loaded from here on; the function tells whether all of it was. */
export function putIn({ name, changes }: Mutant): () => boolean {
  const left = new Set(changes);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const mine = changes.filter(({ file }) => url.endsWith(`/src/${file}`));
      if (mine.length === 0 || loaded.source == null) return loaded;
      let source =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      for (const change of mine) {
        if (source.split(change.from).length !== 2)
          throw new Error(`mutant “${name}”: ${change.file} does not hold its text exactly once any more`);
        source = source.replace(change.from, () => change.to);
        left.delete(change);
      }
      return { ...loaded, source };
    },
  });
  return () => left.size === 0;
}
