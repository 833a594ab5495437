// The purchase as a script, in the order a person sees it:
//
//   What would you like to recharge?   [ADSL / Fibre] [4G LTE] [036 36 26 08 · ADSL] [Cancel]
//   Send the line number.              036 36 26 08
//   Line found. Choose the amount.     [500 DA (490 DA)] [1 000 DA (980 DA)]
//   Check, then pay.                   [✅ Pay 980 DA]
//   ⏳ Order no. 1042: being sent.      from here on the worker owns the message
//
// Everything outside happens in one `external` per step (desk.ts) and comes back as plain JSON. Changing the order of
// waits or externals changes what is stored: raise FLOW_VERSION then.

import type { Conversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { answerIn, stepOfAmount, stepOfNumber, type Answer } from './answers.ts';
import type { BuyAction } from './callback-data.ts';
import type { BotContext } from './context.ts';
import type { Desk } from './desk.ts';
import type { Quoted } from './desk-paying.ts';
import type { Note } from './notes.ts';
import type { Prompted, Spot } from './prompts.ts';
import { MENU, type Chosen, type Start, type Step } from './steps.ts';

export const FLOW_VERSION = 2;
export const BUY = 'buy';

/** Every step stays in the stored flow: before one gets heavy, the purchase goes on in a new one. */
const LONGEST_FLOW = 80;

type BuyConversation = Conversation<BotContext>;

/** What the steps need of the dialogue: put a prompt through the desk, wait for the answer that belongs to it. */
class Talk {
  private readonly conversation: BuyConversation;
  private spot: Spot;

  constructor(conversation: BuyConversation, start: Start) {
    this.conversation = conversation;
    const { flow, owner, promptId, beganWith } = start;
    this.spot = { flow, owner, promptId, beganWith, typed: false };
  }

  /** Runs one desk function outside the replay. */
  async at<T>(task: (outer: BotContext, spot: Spot) => Promise<T>): Promise<T> {
    const { spot } = this;
    return this.conversation.external((outer) => task(outer, spot));
  }

  /** The same for one that draws a prompt, whose place is remembered. */
  async show<T extends Prompted>(task: (outer: BotContext, spot: Spot) => Promise<T>): Promise<T> {
    const shown = await this.at(task);
    this.spot = { ...this.spot, promptId: shown.promptId, typed: false };
    return shown;
  }

  async answer(): Promise<Answer> {
    const { flow } = this.spot;
    const ctx = await this.conversation.waitUntil((next) => answerIn(next, flow) !== undefined, {
      next: true,
    });
    const answer = answerIn(ctx, flow) ?? { kind: 'other' };
    if (answer.kind !== 'press') this.spot = { ...this.spot, typed: true };
    return answer;
  }
}

/**
 * The second tap of a double tap, on the amount or on a "pay" that has been redrawn since: drawing another confirmation for
 * it would outdate the one that is about to be pressed, time after time. One that Telegram did not take was never drawn:
 * then a button is pressed again because nothing happened.
 */
function isLateTap(step: Extract<Step, { to: 'confirm' }>, quoted: Quoted, answer: Answer): boolean {
  if (quoted.promptId === null || answer.kind !== 'press') return false;
  const { action } = answer;
  if (action.do === 'value') return action.value === step.value;
  const pays = action.do === 'pay' || action.do === 'pay-again';
  return pays && quoted.kind === 'quoted' && action.ref !== quoted.ref;
}

export function createBuy(desk: Desk) {
  async function askService(talk: Talk, step: Extract<Step, { to: 'service' }>): Promise<Step> {
    const { digits, value } = step;
    const shown = await talk.show((outer, spot) => desk.services(outer, spot, step));
    const answer = await talk.answer();
    if (answer.kind === 'text')
      return stepOfNumber(answer.text, null) ?? { ...step, note: { say: 'not-a-number' } };
    if (answer.kind === 'other') return { ...step, note: { say: 'send-text' } };
    const { action } = answer;
    if (shown.away || action.do === 'retry') return action.do === 'cancel' ? cancel(talk) : step;
    if (action.do === 'line') return { to: 'find', service: action.service, text: action.line, value: null };
    if (action.do !== 'service') return common(talk, action, step);
    const { service } = action;
    return digits === null
      ? { to: 'number', service, note: null }
      : { to: 'find', service, text: digits, value };
  }

  async function askNumber(talk: Talk, step: Extract<Step, { to: 'number' }>): Promise<Step> {
    const { service, note } = step;
    await talk.show((outer, spot) => desk.askNumber(outer, spot, step));
    const answer = await talk.answer();
    if (answer.kind === 'other') return { ...step, note: { say: 'send-text' } };
    if (answer.kind === 'text') return { to: 'find', service, text: answer.text, value: null };
    const { action } = answer;
    if (action.do === 'line') return { to: 'find', service: action.service, text: action.line, value: null };
    if (action.do === 'service' && note?.say === 'looks-other' && action.service === note.other)
      return { to: 'find', service: note.other, text: note.line, value: null };
    if (action.do === 'service') return { to: 'number', service: action.service, note: null };
    if (action.do === 'retry' && note?.say === 'cannot-check')
      return { to: 'find', service, text: note.text, value: null };
    return common(talk, action, step);
  }

  async function find(talk: Talk, step: Extract<Step, { to: 'find' }>): Promise<Step> {
    const { service, text, value } = step;
    const found = await talk.at((outer) => desk.findLine(outer, service, text));
    if (!found.ok && found.isClosed === true) return closed(talk, step, found.note);
    if (!found.ok) return { to: 'number', service, note: found.note };
    const chosen: Chosen = { service, line: found.line, offer: found.offer };
    return value === null
      ? { to: 'value', ...chosen, note: null, fitting: false }
      : { to: 'confirm', ...chosen, value, note: null };
  }

  /** The number is kept for when the shop sells again; another one may be sent. */
  async function closed(talk: Talk, step: Extract<Step, { to: 'find' }>, note: Note): Promise<Step> {
    await talk.show((outer, spot) => desk.closed(outer, spot, note));
    const answer = await talk.answer();
    if (answer.kind === 'text') return stepOfNumber(answer.text, null) ?? step;
    return answer.kind === 'press' && answer.action.do === 'cancel' ? cancel(talk) : step;
  }

  async function askValue(talk: Talk, step: Extract<Step, { to: 'value' }>): Promise<Step> {
    const { offers } = await talk.show((outer, spot) => desk.values(outer, spot, step));
    const answer = await talk.answer();
    if (answer.kind === 'other') return { ...step, note: { say: 'use-buttons' } };
    if (answer.kind === 'text')
      return stepOfNumber(answer.text, null) ?? stepOfAmount(step, offers ?? [], answer.text);
    const { action } = answer;
    if (action.do === 'value') return { ...step, to: 'confirm', value: action.value, note: null };
    if (action.do === 'retry') return { ...step, note: null };
    return common(talk, action, step);
  }

  async function confirm(talk: Talk, step: Extract<Step, { to: 'confirm' }>): Promise<Step> {
    const quoted = await talk.show((outer, spot) => desk.quote(outer, spot, step));
    if (quoted.kind === 'values') return { ...step, to: 'value', note: quoted.note, fitting: quoted.fitting };
    let answer = await talk.answer();
    while (isLateTap(step, quoted, answer)) {
      await talk.at((outer) => desk.acknowledge(outer));
      answer = await talk.answer();
    }
    if (answer.kind === 'other') return { ...step, note: { say: 'use-buttons' } };
    if (answer.kind === 'text')
      return stepOfNumber(answer.text, null) ?? { ...step, note: { say: 'use-buttons' } };
    const { action } = answer;
    const pays = action.do === 'pay' || action.do === 'pay-again';
    if (!pays || quoted.kind !== 'quoted' || action.ref !== quoted.ref) return common(talk, action, step);
    const agreed = { ...step, ...quoted, twinAccepted: action.do === 'pay-again' };
    const paid = await talk.at((outer, spot) => desk.pay(outer, spot, agreed));
    if (paid.kind === 'placed') return { to: 'end' };
    if (paid.note.say === 'amount-gone' || paid.note.say === 'amount-not-sold')
      return { ...step, to: 'value', note: paid.note, fitting: false };
    if (paid.note.say === 'short') return { ...step, to: 'value', note: paid.note, fitting: true };
    return { ...step, note: paid.note };
  }

  async function cancel(talk: Talk): Promise<Step> {
    await talk.at((outer, spot) => desk.close(outer, spot, 'cancelled'));
    return { to: 'end' };
  }

  /** The buttons that mean the same on every step; one that means nothing here draws the step again. */
  async function common(
    talk: Talk,
    action: BuyAction,
    step: Exclude<Step, { to: 'end' | 'find' }>,
  ): Promise<Step> {
    if (action.do === 'cancel') return cancel(talk);
    if (step.to === 'service') return { ...step, note: null };
    if (action.do === 'back')
      return step.to === 'number' ? MENU : { to: 'number', service: step.service, note: null };
    if (action.do === 'other-number') return { to: 'number', service: step.service, note: null };
    if (action.do === 'other-amount' && step.to === 'confirm')
      return { ...step, to: 'value', note: null, fitting: false };
    return { ...step, note: null };
  }

  async function take(talk: Talk, step: Exclude<Step, { to: 'end' }>): Promise<Step> {
    switch (step.to) {
      case 'service':
        return askService(talk, step);
      case 'number':
        return askNumber(talk, step);
      case 'find':
        return find(talk, step);
      case 'value':
        return askValue(talk, step);
      case 'confirm':
        return confirm(talk, step);
    }
  }

  return async (conversation: BuyConversation, _ctx: Context, start: Start): Promise<void> => {
    const talk = new Talk(conversation, start);
    let step = start.first;
    for (let taken = 0; step.to !== 'end' && taken < LONGEST_FLOW; taken += 1) step = await take(talk, step);
    const next = step;
    if (next.to === 'end') return;
    await talk.at((outer) => {
      outer.goesOn = next;
      return Promise.resolve();
    });
  };
}
