// `/audit` for owners: who did what, to whom, when and why, page by page, and all of it as a file for a spreadsheet.

import type { Members } from '../app/members.ts';
import type { OrderDesk } from '../app/order-desk.ts';
import type { Clock } from '../app/ports.ts';
import type { AuditLine } from '../domain/shop.ts';
import { cut } from '../domain/text.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import type { Chat } from './chat.ts';
import { placeOf, senderOf, type BotContext } from './context.ts';
import { csvOf } from './csv.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import type { OwnerNames } from './owner-names.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';

const PAGE = 12;
/** A spreadsheet of more lines helps nobody, and the trail is kept for ever. */
const MOST_IN_FILE = 20_000;

/** What a person did may be long; the list shows the beginning, the file everything. In characters. */
const LONGEST_WHY = 160;

type Names = ReadonlyMap<string, string>;

/** A cell has no direction of its own to be kept from the others. */
const cell = (said: Rich | string): string => lines(said).text.replace(/[\u2066-\u2069\u200E]/g, '');

/** `2026-11-21 19:42:05` in Algiers, which spreadsheets understand. */
const stamp = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

export function createShopAudit(deps: {
  stage: Stage;
  chat: Pick<Chat, 'document'>;
  desk: OrderDesk;
  members: Members;
  names: OwnerNames;
  ownerIds: readonly number[];
  clock: Clock;
}): Feature {
  const { stage, chat, desk, members, names: owners, ownerIds, clock } = deps;
  const t = (ctx: BotContext) => deskSentences(ctx.language);

  async function names(ctx: BotContext): Promise<Names> {
    const known = (await members.all()).map(({ id, name }): [string, string] => [String(id), name]);
    const called = ownerIds.map(async (id): Promise<[string, string]> => [String(id), await owners.of(id)]);
    return new Map([...known, ['bot', t(ctx).sheet.bot], ...(await Promise.all(called))]);
  }

  /** The order, the person or nothing: `shop` says nothing that the deed does not say. */
  const aboutOf = ({ about, by: who }: AuditLine, known: Names): string =>
    about === 'shop' || about === who ? '' : (known.get(about) ?? about);

  const noteOf = (ctx: BotContext, { note }: AuditLine, known: Names): Rich | string =>
    note === undefined ? '' : t(ctx).audit.note(note, (id) => known.get(String(id)) ?? String(id));

  async function page(ctx: BotContext, before: number | null): Promise<View> {
    const { rows, next } = await desk.trail(senderOf(ctx), before, PAGE);
    const known = await names(ctx);
    const { audit: s, buttons: b } = t(ctx);
    const listed = rows.map((line) =>
      lines(
        s.line({
          ...{ at: line.at, what: line.what, who: known.get(line.by) ?? line.by },
          ...{ about: aboutOf(line, known), note: noteOf(ctx, line, known) },
          why: cut(line.why, LONGEST_WHY),
        }),
      ),
    );
    const newest = before === null ? [] : [featureButton(b.newest, senderOf(ctx), 'haudit')];
    const older = next === null ? [] : [featureButton(b.older, senderOf(ctx), 'haudit', [next])];
    return {
      text: lines(s.title, ...(listed.length === 0 ? [s.none] : listed)),
      rows: [[...newest, ...older], rows.length === 0 ? [] : [featureButton(b.file, senderOf(ctx), 'hfile')]],
    };
  }

  async function file(ctx: BotContext): Promise<void> {
    await stage.toast(ctx);
    const place = placeOf(ctx.update);
    if (place === undefined) return;
    const [trail, known] = [await desk.wholeTrail(senderOf(ctx), MOST_IN_FILE), await names(ctx)];
    const { sheet, audit: s } = t(ctx);
    const rows = trail.map((line) => {
      const { at, by: who, what, about, why } = line;
      const said = [cell(noteOf(ctx, line, known)), why].filter((one) => one !== '').join(' · ');
      return [
        ...[stamp(at), known.get(who) ?? '', who],
        ...[sheet.what(what), known.get(about) ?? '', about, said],
      ];
    });
    const name = `audit-${stamp(clock()).slice(0, 10)}.csv`;
    const content = csvOf([sheet.columns, ...rows]);
    const sent = await chat.document(place, ctx.language, { name, content }, { text: s.file(trail.length) });
    if (!sent.ok) await stage.say(ctx, { text: s.fileFailed });
  }

  return {
    ownerCommands: { audit: async (ctx) => stage.say(ctx, await page(ctx, null)) },
    ownerPresses: {
      haudit: async (ctx, [before]) => stage.redraw(ctx, await page(ctx, idOf(before) ?? null)),
      hfile: file,
    },
  };
}
