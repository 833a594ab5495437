// What came into a wallet and went out of it, newest first, older pages by a button, all of it as a file. Everybody about
// themselves; owners about anybody.

import type { Accounts, StatementCursor, StatementPage } from '../app/accounts.ts';
import { everyRow } from '../app/pages.ts';
import type { Clock, Store } from '../app/ports.ts';
import { effectOf, type Entry } from '../domain/ledger.ts';
import { isRef, type Language, type Order } from '../domain/order.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { walletsSentences, type Named, type WalletsSentences } from '../i18n/wallets/index.ts';
import type { Chat } from './chat.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';
import { amountFrom } from './wallet-amount.ts';
import { otherSide } from './wallet-customers.ts';
import { walletFile, type FileRow } from './wallet-file.ts';
import { choosing, namedAs, notFound, type WalletPeople } from './wallet-people.ts';

/** For whom a statement is drawn: `foreign` when an owner looks at somebody else's. */
interface Reader {
  readonly language: Language;
  readonly owner: number;
  readonly person: number;
  readonly foreign: boolean;
}

const PAGE = 8;
const FILE_PAGE = 200;
/** A file is for a person, not for an archive. In entries. */
const LONGEST_FILE = 20_000;

const MINE = 'wmine';
const MY_FILE = 'wfile';
const THEIRS = 'wstat';
const THEIR_FILE = 'wfileof';

type What = keyof WalletsSentences['fileKinds'];

const KINDS: Readonly<Record<Exclude<Entry['kind'], 'capture'>, What>> = {
  deposit: 'deposit',
  correction: 'correction',
  'transfer-in': 'transferIn',
  'transfer-out': 'transferOut',
  hold: 'hold',
  release: 'release',
};

/** Captures take what a hold took already: no statement shows them. */
const kindOf = ({ kind }: Entry): What => (kind === 'capture' ? 'hold' : KINDS[kind]);

export function createWalletStatement(deps: {
  stage: Stage;
  chat: Chat;
  accounts: Accounts;
  people: WalletPeople;
  store: Store;
  clock: Clock;
}): Feature {
  const { stage, chat, accounts, people, store, clock } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);

  const orderOf = ({ ref }: Entry): Promise<Order | undefined> =>
    isRef(ref) ? store.byRef(ref) : Promise.resolve(undefined);

  async function whatOf(t: WalletsSentences, entry: Entry): Promise<Rich | string> {
    const kind = kindOf(entry);
    switch (kind) {
      case 'deposit':
        return t.what.deposit;
      case 'correction':
        return t.what.correction(entry.reason);
      case 'transferIn':
      case 'transferOut':
        return t.what[kind]((await people.named(otherSide(entry)))?.name ?? t.somebody);
      case 'hold':
      case 'release':
        return t.what[kind]((await orderOf(entry))?.no ?? null);
    }
  }

  async function rowsOf(t: WalletsSentences, { rows }: StatementPage): Promise<(Rich | string)[]> {
    return Promise.all(
      rows.map(async ({ entry, balance }) =>
        t.row(await whatOf(t, entry), effectOf(entry), balance, entry.at),
      ),
    );
  }

  function buttonsFor(reader: Reader, page: StatementPage, from: StatementCursor | null): View['rows'] {
    const { owner, person, foreign } = reader;
    const t = walletsSentences(reader.language);
    const whose = foreign ? [person] : [];
    const turn = (text: string, at: StatementCursor | null) =>
      featureButton(text, owner, foreign ? THEIRS : MINE, [
        ...whose,
        ...(at === null ? [] : [at.before, at.balance]),
      ]);
    return [
      [
        ...(page.next === null ? [] : [turn(t.buttons.older, page.next)]),
        ...(from === null ? [] : [turn(t.buttons.newest, null)]),
      ],
      page.rows.length === 0
        ? []
        : [featureButton(t.buttons.file, owner, foreign ? THEIR_FILE : MY_FILE, whose)],
      foreign ? [featureButton(peopleSentences(reader.language).buttons.open, owner, 'pcard', whose)] : [],
    ];
  }

  async function draw(reader: Reader, name: Named | null, from: StatementCursor | null): Promise<View> {
    const t = walletsSentences(reader.language);
    const [page, now] = await Promise.all([
      accounts.statementPage(reader.person, from, PAGE),
      accounts.balance(reader.person),
    ]);
    // As of the moment of the rows below it, where these are the newest.
    const { balance } = from === null ? page : now;
    const { held, ceiling } = now;
    const rows = page.rows.length === 0 ? [t.nothingMoved] : await rowsOf(t, page);
    return {
      text: lines(t.statement({ person: name, balance, held, ceiling }), ...rows),
      rows: buttonsFor(reader, page, from) ?? [],
    };
  }

  const readerOf = (ctx: BotContext, person: number, foreign: boolean): Reader => ({
    ...{ language: ctx.language, owner: senderOf(ctx), person, foreign },
  });

  function cursor(before: string | undefined, balance: string | undefined): StatementCursor | null {
    const [line, sum] = [amountFrom(before), amountFrom(balance)];
    return line === undefined || sum === undefined || line < 0 ? null : { before: line, balance: sum };
  }

  async function mine(ctx: BotContext, from: StatementCursor | null): Promise<View> {
    const t = words(ctx);
    if (ctx.standing.role === 'owner') return { text: lines(t.ownersStatement, t.usage.statement) };
    return draw(readerOf(ctx, senderOf(ctx), false), null, from);
  }

  async function theirs(ctx: BotContext, [word, before, balance]: readonly string[]): Promise<void> {
    const found = await people.byId(idOf(word) ?? 0);
    if (found.kind === 'no') return stage.redraw(ctx, { text: notFound(words(ctx), found.why) });
    const { member } = found;
    const reader = readerOf(ctx, member.id, true);
    await stage.redraw(ctx, await draw(reader, namedAs(member), cursor(before, balance)));
  }

  /** `/statement`, and with a name behind it that of somebody else, for owners. */
  async function command(ctx: BotContext, text: string): Promise<void> {
    if (ctx.standing.role !== 'owner' || text.trim() === '') return stage.say(ctx, await mine(ctx, null));
    const t = words(ctx);
    const [who] = await people.startOf(text);
    switch (who.kind) {
      case 'no':
        return stage.say(ctx, { text: lines(notFound(t, who.why), t.usage.statement) });
      case 'several': {
        const rows = choosing(who.members, { owner: senderOf(ctx), verb: THEIRS });
        return stage.say(ctx, { text: lines(t.whichOne, t.usage.statement), rows });
      }
      case 'found':
        return theirs(ctx, [String(who.member.id)]);
    }
  }

  /** The person's orders by reference, all at once: one by one would take as long as the archive is old. */
  async function orderNumbers(person: number): Promise<ReadonlyMap<string, number>> {
    const orders = await everyRow(
      (before: number | null) => store.orders({ buyer: person }, before, FILE_PAGE),
      LONGEST_FILE,
    );
    return new Map(orders.map(({ ref, no }) => [ref, no]));
  }

  /** What an owner or an agent wrote, or who was on the other side. */
  async function noteOf(entry: Entry): Promise<string> {
    if (entry.kind === 'correction') return entry.reason;
    const isTransfer = entry.kind === 'transfer-in' || entry.kind === 'transfer-out';
    return isTransfer ? ((await people.named(otherSide(entry)))?.name ?? '') : '';
  }

  async function fileRows(person: number): Promise<FileRow[]> {
    const numbers = await orderNumbers(person);
    const all = await everyRow(
      (from: StatementCursor | null) => accounts.statementPage(person, from, FILE_PAGE),
      LONGEST_FILE,
    );
    const rows = all.map(async ({ entry, balance }): Promise<FileRow> => {
      const [note, amount] = [await noteOf(entry), effectOf(entry)];
      return { at: entry.at, kind: kindOf(entry), no: numbers.get(entry.ref) ?? null, amount, balance, note };
    });
    return (await Promise.all(rows)).reverse();
  }

  async function sendFile(ctx: BotContext, person: number): Promise<void> {
    await stage.toast(ctx);
    const t = words(ctx);
    const content = walletFile(t, await fileRows(person));
    const place = { chatId: senderOf(ctx), threadId: null };
    const file = { name: `wallet-${person}.csv`, content };
    const sent = await chat.document(place, ctx.language, file, { text: t.fileCaption(clock()) });
    if (!sent.ok) await stage.say(ctx, { text: t.fileFailed });
  }

  return {
    commands: { statement: command },
    presses: {
      [MINE]: async (ctx, [before, balance]) => stage.redraw(ctx, await mine(ctx, cursor(before, balance))),
      [MY_FILE]: (ctx) => sendFile(ctx, senderOf(ctx)),
    },
    ownerPresses: {
      [THEIRS]: theirs,
      [THEIR_FILE]: (ctx, [word]) => sendFile(ctx, idOf(word) ?? 0),
    },
  };
}
