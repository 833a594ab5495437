// A code that could not be brought to its buyer's private chat waits under the group's card: a button shows it in an alert
// to the buyer alone. A code that was paid for is its buyer's, whatever has become of the group or the role since. It is not
// shown as a message that only its buyer sees: that would stand in the group, and nobody would know whether it was seen.

import type { RevealCode } from '../app/reveal-code.ts';
import { sentences } from '../i18n/index.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { parse } from './callback-data.ts';
import type { BotContext } from './context.ts';
import type { Stage } from './stage.ts';

/** What an alert may say, in characters. */
export const LONGEST_ALERT = 200;

/** The verb of the button; its word is the order's number. */
export const SHOW_CODE = 'gcode';

/** Answers a press on that button; false for any other update. */
export type ShowCode = (ctx: BotContext) => Promise<boolean>;

export function createShowCode({ stage, reveal }: { stage: Stage; reveal: RevealCode }): ShowCode {
  async function answer(ctx: BotContext, person: number, no: number): Promise<void> {
    const t = groupsSentences(ctx.language);
    const revealed = await reveal(person, no);
    if (revealed.kind === 'code') {
      const { code, transactionNo } = revealed;
      const texts = [t.code(no, code, transactionNo), t.code(no, code, null), t.codeInPrivate];
      return stage.alert(ctx, texts.find((text) => text.length <= LONGEST_ALERT) ?? t.codeInPrivate);
    }
    switch (revealed.why) {
      case 'not-yours':
        return stage.toast(ctx, sentences(ctx.language).notYours);
      case 'no-code':
        return stage.alert(ctx, t.showsNoCode);
      case 'cannot-record':
        return stage.alert(ctx, t.codeLater);
    }
  }

  return async (ctx) => {
    const press = parse(ctx.callbackQuery?.data ?? '');
    if (press?.kind !== 'do' || press.verb !== SHOW_CODE || ctx.from === undefined) return false;
    const [no = ''] = press.words;
    await answer(ctx, ctx.from.id, /^[0-9]{1,12}$/.test(no) ? Number(no) : 0);
    return true;
  };
}
