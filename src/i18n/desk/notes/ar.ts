// What stands in the audit beside a deed, in Arabic.

import type { AuditNote } from '../../../domain/audit-note.ts';
import type { Centimes } from '../../../domain/money.ts';
import { da } from '../../arabic.ts';
import { rich, type Rich } from '../../rich.ts';
import { nameText, ruleFigure, signed } from '../figures.ts';
import { arWords as W } from '../words/ar.ts';

const L = 'ar';
const to = { agent: 'لوكيل', customer: 'لزبون' } as const;

/** The sign stays before the number. */
const money = (amount: Centimes): Rich | string =>
  amount < 0 ? rich`${signed(L, amount)}\u00A0دج` : da(amount);

/** `named` says what an owner is called. */
export function arNote(note: AuditNote, named: (owner: number) => string): Rich | string {
  switch (note.kind) {
    case 'amount':
      return rich`${money(note.amount)}${note.asked ? '، بعد طلب' : ''}`;
    case 'ceiling':
      return `من ${da(note.from)} إلى ${da(note.to)}`;
    case 'role':
      if (note.to === null) return note.from === null ? 'رُفض الدخول' : `الدور السابق: ${W.role[note.from]}`;
      return note.from === null
        ? `سُمح بالدخول، الدور: ${W.role[note.to]}`
        : `من ${W.role[note.from]} إلى ${W.role[note.to]}`;
    case 'turned-away':
      return 'رُفض الدخول';
    case 'link':
      return `رابط ${to[note.role]}، لشخص واحد`;
    case 'came-in':
      return `الدور: ${W.role[note.role]}، ${note.by === null ? 'الدخول مفتوح' : `برابط من ${nameText(named(note.by))}`}`;
    case 'price': {
      const whose = note.role === null ? '' : `${W.roles[note.role]}: `;
      const rule = note.rule === null ? 'السعر العام' : (ruleFigure(L, note.rule) ?? W.faceValue);
      return rich`${whose}${rule}${note.belowCost ? '، حتى تحت التكلفة' : ''}`;
    }
    case 'below-cost':
      return note.allowed ? 'البيع تحت التكلفة مسموح' : 'لا بيع تحت التكلفة';
    case 'threshold':
      return note.amount === null ? 'بلا تنبيه' : da(note.amount);
    case 'in-group':
      return 'للمشتري نفسه، في مجموعة';
    case 'outcome':
      return W.ends[note.outcome];
  }
}
