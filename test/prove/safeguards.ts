// The safeguards of the program, each as the change that takes it out: what the simulator must be able to miss.

import { taken, type Change, type Mutant } from './mutant.ts';

/** An order whose entries contradict its state is written all the same. */
const UNCHECKED: Change = {
  file: 'store/order-change.ts',
  from: 'checkEntries(record);',
  to: 'void checkEntries;',
};

/** Every answer about an order is heard twice, and an entry that is there already is added again. */
const HEARD_TWICE: readonly Change[] = [
  {
    file: 'app/advance-order.ts',
    from: 'await record(order.ref, event, heardBy(found.call, found));',
    to: 'for (let i = 0; i < 2; i += 1) await record(order.ref, event, heardBy(found.call, found));',
  },
  {
    file: 'store/hot-state.ts',
    from: 'for (const { id } of entries) added.delete(id);',
    to: 'void entries;',
  },
  { file: 'domain/ledger.ts', from: 'if (held < 0) throw', to: 'if (held < -Infinity) throw' },
  UNCHECKED,
];

/** An order that ended so can be ended once more. */
const settledAgain = (end: 'refunded' | 'fulfilled'): Change => ({
  file: 'domain/transitions.ts',
  from: 'return isSettledState(order.state) ? undefined : advance(order, event, now);',
  to: `return isSettledState(order.state) && order.state.name !== '${end}' ? undefined : advance(order, event, now);`,
});

export const SAFEGUARDS: readonly Mutant[] = [
  taken(
    'the reference is made when "pay" is pressed, not when the card is drawn',
    'bot/desk-paying.ts',
    'const { service, line, ref, twinAccepted } = agreed;',
    'const { service, line, twinAccepted } = agreed; const ref = newRef();',
  ),
  taken(
    'a purchase is sent again under a new reference',
    'app/advance-order.ts',
    'await topups.send(sending,',
    'await topups.send(sending.sends < 2 ? sending : { ...sending, ref: `${sending.ref}x` },',
  ),
  taken(
    'the order is written after it was sent',
    'app/advance-order.ts',
    "const sending = await record(order.ref, { type: 'send-begun' });",
    "const sending = order; void record(order.ref, { type: 'send-begun' });",
  ),
  taken('the order book is not synced', 'store/durable-file.ts', 'if (durable) await handle.sync();', ''),
  taken(
    'the folder of the order book is not synced',
    'store/durable-file.ts',
    'if (durable) await settleFolder(hasPrevious);',
    'void settleFolder; void hasPrevious;',
  ),
  taken(
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
  taken(
    'handled updates are forgotten',
    'store/dialogues.ts',
    'handled: (updateId) => file.now().handled.has(updateId),',
    'handled: () => false,',
  ),
  taken(
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
  taken(
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
        from: "store.commit({ kind: 'open', ...confirm(purchase, now), ...unless })",
        to: "store.commit({ kind: 'open', ...confirm(purchase, now), ...unless, entries: [] })",
      },
      UNCHECKED,
    ],
  },
  taken(
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
  taken(
    'a step decided on an older revision is taken',
    'store/order-change.ts',
    "if (there?.order.rev !== order.rev - 1) return { kind: 'stale' };",
    "if (there === undefined) return { kind: 'stale' };",
  ),
  taken(
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
  taken(
    'the card code is shown in the group',
    'bot/order-message.ts',
    'const cardFor = (order: Order, codeWaits: boolean): View =>\n    isInGroup(order)',
    'const cardFor = (order: Order, codeWaits: boolean): View =>\n    order.no < 0',
  ),
  taken(
    'messages are not looked at again after a restart',
    'main.ts',
    'for (const order of await folder.store.active()) orderSide.notifier.changed(order);',
    '',
  ),
  taken(
    'a refused key does not stop the traffic',
    'oneclickdz/errors.ts',
    "if (detail !== undefined) return { kind: 'halt', detail, certain: complaint.readable };",
    'void detail;',
  ),
  taken(
    'the journal keeps the lines of a write that failed',
    'store/store-writer.ts',
    'await appended?.takeBack();',
    '',
  ),
  {
    name: 'an order is refunded as often as that is heard',
    changes: [...HEARD_TWICE, settledAgain('refunded')],
  },
  {
    name: 'an order is paid as often as its delivery is heard',
    changes: [...HEARD_TWICE, settledAgain('fulfilled')],
  },
  {
    name: 'what was held is not given back with a refund',
    changes: [
      {
        file: 'domain/moves.ts',
        from: '[entryOf(order, kind, now, by, reason)]',
        to: "kind === 'release' ? [] : [entryOf(order, kind, now, by, reason)]",
      },
      UNCHECKED,
    ],
  },
];
