// What stands in the audit beside a deed, in English.

import type { AuditNote } from '../../../domain/audit-note.ts';
import { money } from '../../format.ts';
import { rich, type Rich } from '../../rich.ts';
import { nameText, ruleFigure } from '../figures.ts';
import { enWords as W } from '../words/en.ts';

const L = 'en';
const a = { agent: 'an agent', customer: 'a customer' } as const;

/** `named` says what an owner is called. */
export function enNote(note: AuditNote, named: (owner: number) => string): Rich | string {
  switch (note.kind) {
    case 'amount':
      return `${money(L, note.amount)}${note.asked ? ', asked for' : ''}`;
    case 'ceiling':
      return `from ${money(L, note.from)} to ${money(L, note.to)}`;
    case 'role':
      if (note.to === null) return note.from === null ? 'not let in' : `was ${a[note.from]}`;
      return note.from === null
        ? `let in as ${a[note.to]}`
        : `from ${W.role[note.from]} to ${W.role[note.to]}`;
    case 'turned-away':
      return 'not let in';
    case 'link':
      return `a link for ${a[note.role]}, for one person`;
    case 'came-in':
      return `as ${a[note.role]}, ${note.by === null ? 'access is open' : `invited by ${nameText(named(note.by))}`}`;
    case 'price': {
      const whose = note.role === null ? '' : `${W.roles[note.role]}: `;
      const rule = note.rule === null ? 'the price of the role' : (ruleFigure(L, note.rule) ?? W.faceValue);
      return rich`${whose}${rule}${note.belowCost ? ', also below cost' : ''}`;
    }
    case 'below-cost':
      return note.allowed ? 'below cost allowed' : 'never below cost';
    case 'threshold':
      return note.amount === null ? 'no alert' : money(L, note.amount);
    case 'in-group':
      return 'to its buyer, in a group';
    case 'outcome':
      return W.ends[note.outcome];
  }
}
