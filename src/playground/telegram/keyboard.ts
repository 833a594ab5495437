// Reads `reply_markup` as strictly as Telegram does, so that a keyboard the real server would
// refuse is refused here first.
import { z } from 'zod';
import { badRequest } from './refusal.ts';
import { isGiven, recordIn } from './payload.ts';
import type { Payload } from './payload.ts';
import type { Button, Markup } from './model.ts';

const MOST_BUTTONS = 100;
const LONGEST_CALLBACK_BYTES = 64;
const LONGEST_COPIED_TEXT = 256;
const LONGEST_PLACEHOLDER = 64;

const link = z.object({ url: z.string().min(1) });

const buttonShape = z.strictObject({
  text: z.string(),
  style: z.enum(['primary', 'success', 'danger']).exactOptional(),
  icon_custom_emoji_id: z.string().exactOptional(),
  callback_data: z.string().exactOptional(),
  url: z.string().exactOptional(),
  copy_text: z.object({ text: z.string() }).exactOptional(),
  disabled: z.record(z.string(), z.unknown()).exactOptional(),
  web_app: link.exactOptional(),
  login_url: link.exactOptional(),
  switch_inline_query: z.string().exactOptional(),
  switch_inline_query_current_chat: z.string().exactOptional(),
  pay: z.boolean().exactOptional(),
});

const extras = {
  input_field_placeholder: z.string().exactOptional(),
  selective: z.boolean().exactOptional(),
};

const inlineShape = z.object({
  inline_keyboard: z.array(z.array(z.unknown())),
  force_reply: z.boolean().exactOptional(),
  ...extras,
});
const forceReplyShape = z.object({ force_reply: z.literal(true), ...extras });
const replyKeyboardShape = z.object({
  keyboard: z.array(z.array(z.union([z.string(), z.looseObject({ text: z.string() })]))),
  ...extras,
});

const NOT_ACTIONS = new Set(['text', 'style', 'icon_custom_emoji_id']);

function isOpenableUrl(url: string): boolean {
  return /^(https?:\/\/|tg:\/\/|ton:\/\/)\S+$/i.test(url) || /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(url);
}

function parseButton(value: unknown): Button {
  const parsed = buttonShape.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.');
    throw badRequest(
      `can't parse InlineKeyboardButton: ${where ? `wrong field "${where}"` : 'object expected'}`,
    );
  }
  const button = parsed.data;
  if (button.text.trim() === '') throw badRequest("can't parse InlineKeyboardButton: text must be non-empty");
  const actions = Object.keys(button).filter((name) => !NOT_ACTIONS.has(name));
  if (actions.length !== 1) {
    throw badRequest(
      actions.length === 0
        ? 'text buttons are unallowed in the inline keyboard'
        : "can't parse InlineKeyboardButton: exactly one action is expected",
    );
  }
  checkAction(button);
  return button;
}

function checkAction(button: Button): void {
  const { callback_data: data, copy_text: copy, url } = button;
  if (data !== undefined) {
    const bytes = Buffer.byteLength(data);
    if (bytes === 0 || bytes > LONGEST_CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (copy && (copy.text === '' || copy.text.length > LONGEST_COPIED_TEXT)) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
  if (url !== undefined && !isOpenableUrl(url)) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
}

function readExtras(value: { input_field_placeholder?: string; selective?: boolean }) {
  const placeholder = value.input_field_placeholder;
  if (placeholder !== undefined && placeholder.length > LONGEST_PLACEHOLDER) {
    throw badRequest('the input field placeholder is too long');
  }
  return {
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(value.selective === undefined ? {} : { selective: value.selective }),
  };
}

function parseInline(value: z.infer<typeof inlineShape>): Markup {
  const rows = value.inline_keyboard.map((row) => row.map(parseButton)).filter((row) => row.length > 0);
  if (rows.flat().length > MOST_BUTTONS) throw badRequest('reply markup is too long');
  return { kind: 'inline', rows, forceReply: value.force_reply ?? false, ...readExtras(value) };
}

/** The markup of a call, or undefined when none was given; an unreadable one is a 400. */
export function markupIn(payload: Payload): Markup | undefined {
  if (!isGiven(payload, 'reply_markup')) return undefined;
  const value = recordIn(payload, 'reply_markup');
  if (!value) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) {
    const inline = inlineShape.safeParse(value);
    if (!inline.success) throw badRequest("can't parse inline keyboard markup JSON object");
    return parseInline(inline.data);
  }
  if ('keyboard' in value) {
    const keyboard = replyKeyboardShape.safeParse(value);
    if (!keyboard.success) throw badRequest("can't parse reply keyboard markup JSON object");
    const rows = keyboard.data.keyboard.map((row) =>
      row.map((key) => (typeof key === 'string' ? key : key.text)),
    );
    return { kind: 'reply-keyboard', rows, ...readExtras(keyboard.data) };
  }
  if (value['remove_keyboard'] === true) return { kind: 'remove-keyboard' };
  const forced = forceReplyShape.safeParse(value);
  if (forced.success) return { kind: 'force-reply', ...readExtras(forced.data) };
  // `{}` is what some clients send for "no markup", and Telegram takes it as that.
  if (Object.keys(value).length === 0) return undefined;
  throw badRequest("can't parse reply markup JSON object");
}

/** The inline keyboard of an editing call; any other markup cannot be put on an edited message. */
export function inlineMarkupIn(payload: Payload): Extract<Markup, { kind: 'inline' }> | undefined {
  const markup = markupIn(payload);
  if (markup && markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  return markup;
}

/** The buttons a person sees under a message. */
export function buttonRows(markup: Markup | undefined): Button[][] {
  return markup?.kind === 'inline' ? markup.rows : [];
}
