// What an order's message says as the order moves, and how orders are listed, in French.

import type { ProviderRefusal } from '../../domain/refusal.ts';
import type { Centimes } from '../../domain/money.ts';
import { ago, byName, dateTime, lineText, money } from '../format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from '../rich.ts';
import type { OrderSentences } from './en.ts';
import type { CardFacts } from './facts.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);

/** What was ordered, for which line. */
export const what = (o: CardFacts): Rich =>
  rich`${o.service} · ${lineText(L, o.line, o.masked)} · ${da(o.value)}${byName(o)}`;

const refused: Record<ProviderRefusal['reason'], string> = {
  'wrong-number': 'l’opérateur ne connaît pas cette ligne pour ce service',
  'out-of-stock': 'ce montant vient d’être épuisé',
  'shop-balance': 'le crédit de la boutique ne suffit pas',
  'bad-request': 'l’opérateur l’a refusée',
  busy: 'l’opérateur était trop occupé pour la prendre',
  'no-access': 'le service n’est pas disponible pour le moment',
};

const notRecharged = (o: CardFacts): Rich =>
  o.masked
    ? rich`↩️ Commande n° ${o.no} : la recharge n’a pas abouti, le montant est rendu.`
    : rich`↩️ Commande n° ${o.no} : la recharge n’a pas abouti, ${bold(da(o.price))} sont revenus sur votre solde.`;

export const fr: OrderSentences = {
  nothingToCancel: 'Il n’y a rien à annuler.',
  tooLateToCancel: (no) =>
    `La commande n° ${no} est déjà partie chez l’opérateur et ne peut plus être annulée. Son message dira comment elle se termine.`,
  sending: (o) => lines(rich`⏳ Commande n° ${o.no} : envoi en cours.`, what(o)),
  inProgress: (o) =>
    lines(
      rich`⏳ Commande n° ${o.no} : en cours (lancée ${ago(L, o.at)}).`,
      what(o),
      'Il faut en général moins d’une minute. Vous pouvez fermer cette discussion.',
    ),
  delivered: (o, d) =>
    lines(
      rich`✅ Commande n° ${o.no} : ${bold('ligne rechargée')}.`,
      what(o),
      d.code === null || !d.private ? null : rich`Code de la carte : ${spoiler(code(d.code))}`,
      d.transactionNo === null || !d.private ? null : rich`N° de transaction : ${code(d.transactionNo)}`,
      dateTime(L, d.at),
      d.private
        ? d.code === null
          ? null
          : 'Gardez-les comme preuve.'
        : d.hasCode
          ? 'Le code est dans la discussion privée de l’acheteur.'
          : null,
    ),
  refunded: (o, note) =>
    lines(notRecharged(o), what(o), note === null ? null : rich`L’opérateur indique : ${note}`),
  rejected: (o, refusal) => lines(notRecharged(o), what(o), `Raison : ${refused[refusal.reason]}.`),
  queued: (o) =>
    lines(
      rich`🕒 Commande n° ${o.no} acceptée : Algérie Télécom l’exécutera sous 12 à 48 h.`,
      what(o),
      'Nous vous préviendrons ici, ne refaites pas la commande.',
    ),
  unknown: (o) =>
    lines(
      rich`🔎 Commande n° ${o.no} : nous vérifions auprès d’Algérie Télécom.`,
      what(o),
      'Votre argent est réservé, ne refaites pas la commande, nous vous répondrons ici.',
    ),
  review: (o) =>
    lines(
      rich`🔎 Commande n° ${o.no} : elle prend un temps inhabituel, la boutique s’en occupe.`,
      what(o),
      'Votre argent est réservé, ne refaites pas la commande, nous vous répondrons ici.',
    ),
  announce: {
    fulfilled: (no) => `✅ Commande n° ${no} : ligne rechargée.`,
    refunded: (no) => `↩️ Commande n° ${no} : la recharge n’a pas abouti, le montant est rendu.`,
  },

  noHistory: 'Pas encore de commande. /topup lance la première.',
  historyTitle: bold('Vos dernières commandes'),
  historyLine: (o, mark) =>
    rich`${mark} ${o.no} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`Ajoutez le numéro de la commande : ${code('/status 1042')}`,
  noSuchOrder: 'Vous n’avez pas de commande de ce numéro.',
};
