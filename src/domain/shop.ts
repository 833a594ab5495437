// What a shop knows besides its orders: who may buy and how, who was invited, who asks for credit, in which groups it
// serves, its prices. Each is a record with a revision; a change names the revision it was decided on.

import type { AuditNote } from './audit-note.ts';
import type { Ask, Invite, SpentLink } from './door.ts';
import type { Incidents } from './incident.ts';
import { ZERO, type Centimes } from './money.ts';
import { FACE_VALUE, type PriceRule } from './pricing.ts';
import type { Line, Service } from './service.ts';

/** Who a person is to the shop. Owners are named in the settings, the others by owners. */
export type Role = 'owner' | 'agent' | 'customer';

/** A role that an owner can give. */
export type GivenRole = Exclude<Role, 'owner'>;

interface Recorded {
  /** Rises by one with every change; 1 is the first. */
  readonly rev: number;
}

/** A person who was let in. `role` is null for somebody who was removed since. */
export interface Member extends Recorded {
  readonly kind: 'member';
  /** Telegram user id. */
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
  readonly role: GivenRole | null;
  /** No new orders; open ones go on. */
  readonly frozen: boolean;
  /** How far below zero the wallet may go. */
  readonly ceiling: Centimes;
  /** Null: the price of the role. */
  readonly rule: PriceRule | null;
  /** The owner allows to sell to this person below cost. */
  readonly belowCost: boolean;
  /** Epoch ms. */
  readonly since: number;
}

/** What an owner said to a wish for credit. */
export interface CreditVerdict {
  readonly approved: boolean;
  readonly by: number;
  /** How the owner is called, for the cards of the others. */
  readonly name: string;
  readonly at: number;
  /** The person has heard of it, or can't be written to. */
  readonly told: boolean;
}

/** Somebody's wish for credit. It is dropped once it is answered, everybody knows, and every card says so. */
export interface CreditRequest extends Recorded {
  readonly kind: 'request';
  readonly id: string;
  readonly person: number;
  readonly amount: Centimes;
  /** Telegram's id of a picture of the payment slip. */
  readonly slip: string | null;
  readonly at: number;
  readonly verdict: CreditVerdict | null;
  /** The owners' cards of it, to be edited when one of them has answered. */
  readonly cards: readonly { readonly owner: number; readonly messageId: number }[];
}

/** A correction that an owner has seen and not confirmed yet: its reason is too long for a button. */
export interface CorrectionDraft extends Recorded {
  readonly kind: 'draft';
  /** The movement that it will be. */
  readonly id: string;
  readonly by: number;
  readonly person: number;
  readonly amount: Centimes;
  readonly reason: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Money that somebody else moved on a person's wallet, until the person has heard of it or can't be written to. */
export interface MoneyNews extends Recorded {
  readonly kind: 'news';
  /** Of the movement. */
  readonly id: string;
  readonly person: number;
  readonly what: 'deposit' | 'correction' | 'transfer-in';
  readonly amount: Centimes;
  /** Telegram id of the owner or the agent. */
  readonly by: number;
  readonly reason: string;
}

/** A group: whether the shop serves there. */
export interface Group extends Recorded {
  readonly kind: 'group';
  /** Telegram chat id. */
  readonly id: number;
  readonly title: string;
  readonly allowed: boolean;
  readonly by: number;
  readonly at: number;
  /** The one polite line has been said where the shop does not serve. */
  readonly toldOff: boolean;
}

/** The shop's own settings. */
export interface House extends Recorded {
  readonly kind: 'house';
  readonly id: 'house';
  readonly rules: Readonly<Record<GivenRole, PriceRule>>;
  /** The owner allows sales below cost to everybody. */
  readonly belowCost: boolean;
  /** No new orders; what is said to buyers, empty for the usual sentence. */
  readonly paused: { readonly by: number; readonly at: number; readonly words: string } | null;
  /** Owners hear when the shop's credit falls below it. */
  readonly threshold: Centimes | null;
}

/** A purchase that waits for money. One per person. */
export interface KeptOrder extends Recorded {
  readonly kind: 'kept';
  /** Telegram user id of the buyer. */
  readonly id: number;
  readonly service: Service;
  readonly line: Line;
  readonly offer: string | null;
  readonly value: Centimes;
  /** What it cost the buyer when it was kept, and what was missing then. */
  readonly price: Centimes;
  readonly missing: Centimes;
  readonly chatId: number;
  readonly threadId: number | null;
  /** The purchase as it was begun, which its buttons carry, and the prompt that said so. */
  readonly flow: string;
  readonly promptId: number | null;
  /** The shop was asked for what is missing. */
  readonly asked: boolean;
  /** The buyer, busy with something else, was offered to go on with it. */
  readonly offered: boolean;
  /** Epoch ms. */
  readonly until: number;
}

export type ShopRecord =
  | (Member | Ask | Invite | SpentLink)
  | (CreditRequest | CorrectionDraft | KeptOrder | MoneyNews)
  | (Group | House | Incidents);

export type RecordKind = ShopRecord['kind'];

export type RecordOf<K extends RecordKind> = Extract<ShopRecord, { kind: K }>;

/** How the store knows a record. */
export const recordKey = ({ kind, id }: Pick<ShopRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/** A shop that nobody has set up yet: everybody pays the face value. */
export const NEW_HOUSE: House = {
  kind: 'house',
  id: 'house',
  rev: 0,
  rules: { agent: FACE_VALUE, customer: FACE_VALUE },
  belowCost: false,
  paused: null,
  threshold: null,
};

/** Somebody new. */
export const newMember = (
  { id, name, username }: { readonly id: number; readonly name: string; readonly username: string | null },
  now: number,
): Member => ({
  ...{ kind: 'member', id, name, username },
  rev: 0,
  role: null,
  frozen: false,
  ceiling: ZERO,
  rule: null,
  belowCost: false,
  since: now,
});

/** How long a purchase waits for money. */
export const KEPT_MS = 30 * 60_000;

/** What was done by a person, kept for ever: who, when, what, to whom, why. */
export interface AuditLine {
  /** Telegram id, or `bot`. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly what:
    | 'deposit'
    | 'correction'
    | 'transfer'
    | 'credit-asked'
    | 'credit-refused'
    | 'ceiling'
    | 'role'
    | 'joined'
    | 'invite'
    | 'freeze'
    | 'unfreeze'
    | 'remove'
    | 'price'
    | 'pause'
    | 'resume'
    | 'threshold'
    | 'group-allowed'
    | 'group-revoked'
    | 'reveal'
    | 'settled-by-hand';
  /** The person, group or order it is about. */
  readonly about: string;
  /** Amounts, roles and the like. */
  readonly note?: AuditNote;
  /** What somebody typed; empty when nothing was. */
  readonly why: string;
}
