// What stands in the audit beside a deed, in French.

import type { AuditNote } from '../../../domain/audit-note.ts';
import { money } from '../../format.ts';
import { rich, type Rich } from '../../rich.ts';
import { nameText, ruleFigure } from '../figures.ts';
import { frWords as W } from '../words/fr.ts';

const L = 'fr';
const de = { agent: 'd’agent', customer: 'de client' } as const;

/** `named` says what an owner is called. */
export function frNote(note: AuditNote, named: (owner: number) => string): Rich | string {
  switch (note.kind) {
    case 'amount':
      return `${money(L, note.amount)}${note.asked ? ', sur demande' : ''}`;
    case 'ceiling':
      return `de ${money(L, note.from)} à ${money(L, note.to)}`;
    case 'role':
      if (note.to === null) return note.from === null ? 'pas admis' : `était ${W.role[note.from]}`;
      return note.from === null ? `admis comme ${W.role[note.to]}` : `${de[note.from]} à ${W.role[note.to]}`;
    case 'turned-away':
      return 'pas admis';
    case 'link':
      return `un lien pour un ${W.role[note.role]}, pour une personne`;
    case 'came-in':
      return `comme ${W.role[note.role]}, ${note.by === null ? 'accès ouvert' : `par le lien de ${nameText(named(note.by))}`}`;
    case 'price': {
      const whose = note.role === null ? '' : `${W.roles[note.role]} : `;
      const rule = note.rule === null ? 'le prix général' : (ruleFigure(L, note.rule) ?? W.faceValue);
      return rich`${whose}${rule}${note.belowCost ? ', aussi à perte' : ''}`;
    }
    case 'below-cost':
      return note.allowed ? 'vente à perte permise' : 'jamais à perte';
    case 'threshold':
      return note.amount === null ? 'sans alerte' : money(L, note.amount);
    case 'in-group':
      return 'à son acheteur, dans un groupe';
    case 'outcome':
      return W.ends[note.outcome];
  }
}
