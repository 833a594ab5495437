// What a button carries and what it means, packed and parsed in one place. At most 64 bytes; the owner of the button
// travels in it, so that a press by anybody else is known without any state.

import { isRef, type Language, type Ref } from '../domain/order.ts';
import { isLine, type Line, type Service } from '../domain/service.ts';
import { LANGUAGES } from '../i18n/index.ts';

/** A press inside a running purchase. Amounts in centimes. */
export type BuyAction =
  | { readonly do: 'service'; readonly service: Service }
  | { readonly do: 'line'; readonly service: Service; readonly line: Line }
  | { readonly do: 'value'; readonly value: number }
  | { readonly do: 'pay'; readonly ref: Ref }
  | { readonly do: 'pay-again'; readonly ref: Ref }
  | { readonly do: 'retry' | 'back' | 'other-number' | 'other-amount' | 'cancel' };

export type Press =
  | { readonly kind: 'buy'; readonly owner: number; readonly flow: string; readonly action: BuyAction }
  | { readonly kind: 'recharge'; readonly owner: number }
  | { readonly kind: 'again'; readonly owner: number; readonly no: number }
  | { readonly kind: 'language'; readonly owner: number; readonly language: Language }
  /** What a feature of the shop put on its button: its verb and plain words (`[a-z0-9._-]`). */
  | {
      readonly kind: 'do';
      readonly owner: number;
      readonly verb: string;
      readonly words: readonly string[];
    }
  | {
      readonly kind: 'settle';
      readonly owner: number;
      readonly no: number;
      readonly outcome: 'fulfilled' | 'refunded';
      readonly sure: boolean;
    };

const SERVICES: Record<Service, string> = { ADSL: 'a', '4G': 'g' };
const WORDS = { retry: 'r', back: 'b', 'other-number': 'n', 'other-amount': 'm', cancel: 'x' } as const;
const OUTCOMES = { fulfilled: 'f', refunded: 'r' } as const;

function packAction(action: BuyAction): string {
  switch (action.do) {
    case 'service':
      return `s:${SERVICES[action.service]}`;
    case 'line':
      return `l:${SERVICES[action.service]}:${action.line}`;
    case 'value':
      return `v:${action.value}`;
    case 'pay':
      return `p:${action.ref}`;
    case 'pay-again':
      return `P:${action.ref}`;
    default:
      return WORDS[action.do];
  }
}

/** The callback data of a press: 64 bytes at the most. */
export function pack(press: Press): string {
  const owner = press.owner.toString(36);
  switch (press.kind) {
    case 'buy':
      return `b:${owner}:${press.flow}:${packAction(press.action)}`;
    case 'recharge':
      return `t:${owner}`;
    case 'again':
      return `a:${owner}:${press.no}`;
    case 'language':
      return `l:${owner}:${press.language}`;
    case 'do':
      return ['d', owner, press.verb, ...press.words].join(':');
    case 'settle':
      return `o:${owner}:${press.no}:${OUTCOMES[press.outcome]}:${press.sure ? 1 : 0}`;
  }
}

const serviceOf = (letter: string | undefined): Service | undefined =>
  letter === 'a' ? 'ADSL' : letter === 'g' ? '4G' : undefined;

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]{1,12}$/.test(text) ? Number(text) : undefined;

function parseAction([word, first, second]: readonly string[]): BuyAction | undefined {
  const service = serviceOf(first);
  const value = numberOf(first);
  const plain = Object.entries(WORDS).find(([, letter]) => letter === word)?.[0];
  if (
    plain === 'retry' ||
    plain === 'back' ||
    plain === 'other-number' ||
    plain === 'other-amount' ||
    plain === 'cancel'
  )
    return { do: plain };
  if (word === 's' && service !== undefined) return { do: 'service', service };
  if (word === 'l' && service !== undefined && second !== undefined && isLine(service, second))
    return { do: 'line', service, line: second };
  if (word === 'v' && value !== undefined) return { do: 'value', value };
  if ((word === 'p' || word === 'P') && first !== undefined && isRef(first))
    return { do: word === 'p' ? 'pay' : 'pay-again', ref: first };
  return undefined;
}

/** Reads callback data; undefined for anything that no button of ours carries. */
export function parse(data: string): Press | undefined {
  const [kind, owner36 = '', ...rest] = data.split(':');
  if (!/^[0-9a-z]{1,11}$/.test(owner36)) return undefined;
  const owner = parseInt(owner36, 36);
  const [first = '', ...more] = rest;
  const no = numberOf(first);
  if (kind === 'b') {
    const action = parseAction(more);
    return action && /^[0-9a-z]{1,12}$/.test(first) ? { kind: 'buy', owner, flow: first, action } : undefined;
  }
  if (kind === 't') return { kind: 'recharge', owner };
  if (kind === 'a' && no !== undefined) return { kind: 'again', owner, no };
  if (kind === 'l') {
    const language = LANGUAGES.find((one) => one === first);
    return language && { kind: 'language', owner, language };
  }
  if (kind === 'd' && [first, ...more].every((word) => /^[a-zA-Z0-9._-]{1,40}$/.test(word)))
    return { kind: 'do', owner, verb: first, words: more };
  if (kind === 'o' && no !== undefined && (more[0] === 'f' || more[0] === 'r')) {
    const outcome = more[0] === 'f' ? 'fulfilled' : 'refunded';
    return { kind: 'settle', owner, no, outcome, sure: more[1] === '1' };
  }
  return undefined;
}
