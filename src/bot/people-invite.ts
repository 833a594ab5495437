// /invite: a link for one person, once, as text and as a picture to be scanned.

import type { GivenRole } from '../domain/shop.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, type Feature } from './feature.ts';
import { words, type PeopleParts } from './people-parts.ts';
import { qrPicture } from './people-qr.ts';
import type { View } from './view.ts';

const WORDS: readonly (readonly [GivenRole, RegExp])[] = [
  ['agent', /^(?:agent|وكيل)$/iu],
  ['customer', /^(?:customer|client|زبون)$/iu],
];

/** The two buttons that make a link. */
export const inviteRow = (ctx: BotContext): NonNullable<View['rows']>[number] => {
  const { invite } = words(ctx).buttons;
  const owner = senderOf(ctx);
  return [
    featureButton(invite.agent, owner, 'pinv', ['a']),
    featureButton(invite.customer, owner, 'pinv', ['c']),
  ];
};

export function createInvite(parts: PeopleParts): Feature {
  const { stage, chat, members, botName } = parts;

  async function make(ctx: BotContext, role: GivenRole): Promise<void> {
    const t = words(ctx);
    const [owner, name] = [senderOf(ctx), botName()];
    const invite = name === undefined ? undefined : await members.invite(owner, role);
    if (invite === undefined) return stage.redraw(ctx, { text: t.noLink, rows: [inviteRow(ctx)] });
    const { token, until } = invite;
    const url = `https://t.me/${name}?start=i-${token}`;
    const share = `https://t.me/share/url?url=${encodeURIComponent(url)}`;
    const { sendLink, copyLink } = t.buttons;
    await stage.redraw(ctx, {
      text: t.link(role, url, until),
      rows: [[{ text: sendLink, url: share }], [{ text: copyLink, copy_text: { text: url } }]],
    });
    // Without the picture there is still the link.
    await chat.photo({ chatId: owner, threadId: null }, ctx.language, qrPicture(url), {
      text: t.picture(role, until),
    });
  }

  return {
    ownerCommands: {
      invite: async (ctx, text) => {
        const role = WORDS.find(([, word]) => word.test(text.trim()))?.[0];
        await (role === undefined
          ? stage.say(ctx, { text: words(ctx).inviteAsk, rows: [inviteRow(ctx)] })
          : make(ctx, role));
      },
    },
    ownerPresses: {
      pinv: (ctx, [letter]) => make(ctx, letter === 'a' ? 'agent' : 'customer'),
    },
  };
}
