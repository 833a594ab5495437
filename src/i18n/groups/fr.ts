// What is said in groups and about them, in French.

import { subtract, type Centimes } from '../../domain/money.ts';
import { dateTime, money } from '../format.ts';
import { bold, code, join, lines, rich } from '../rich.ts';
import type { GroupSentences } from './en.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);

export const fr: GroupSentences = {
  buttons: {
    openChat: 'Ouvrir la conversation privée',
    showCode: 'Voir mon code',
    figures: 'Mon prix et mon solde',
    balance: 'Voir mon solde',
    revoke: (title) => `Ne plus servir : ${title}`,
    all: 'Tous les groupes',
    revokeSure: 'Oui, ne plus y servir',
    back: 'Retour',
    newer: 'Plus récents',
    older: 'Plus anciens',
  },
  notServedHere: '⛔ On ne vend pas (ou plus) dans ce groupe. Les commandes déjà payées suivent leur cours.',
  oneMoment: '⏳ Un instant : ce message vous dira la suite.',
  showsNoCode: '⚠️ Il n’y a pas de code à afficher ici. Écrivez au bot en privé.',
  codeLater:
    '⚠️ Le code ne peut pas être affiché pour le moment. Rien n’est perdu. Réessayez dans quelques minutes.',
  codeInPrivate: 'Ce code est trop long pour être affiché ici. Ouvrez-le dans la conversation privée.',
  code: (no, secret, transactionNo) =>
    [
      `Commande n° ${no}`,
      `Code de la carte : ${secret}`,
      ...(transactionNo === null ? [] : [`N° de transaction : ${transactionNo}`]),
    ].join('\n'),

  served: rich`Ce groupe est ouvert aux commandes : ${code('/topup')}, ou en une ligne ${code('/topup 036362608 1000')}`,
  servedAlready: rich`Ce groupe est déjà ouvert aux commandes : ${code('/topup')}`,
  notServed: rich`Ce comptoir ne sert pas ce groupe. Un propriétaire de la boutique peut l’ouvrir ici, sous son propre nom, avec ${code('/allow')}`,
  lapsed: rich`La personne qui a ouvert ce groupe n’est plus propriétaire de la boutique. Tant qu’un propriétaire n’envoie pas ${code('/allow')} ici, on n’y vend plus ; les commandes déjà payées suivent leur cours.`,
  allowInGroup: rich`Ajoutez le bot au groupe, ou envoyez ${code('/allow')} dans le groupe lui-même.`,
  preparing: '⏳ Un instant.',
  figures: (price, balance) =>
    lines(
      rich`Vous payez : ${bold(da(price))}`,
      `Solde : ${da(balance)}, puis ${da(subtract(balance, price))}`,
    ),
  writeInPrivate: 'Pour commander ici, écrivez d’abord au bot en privé.',
  forPrivateChat: 'Ceci se fait dans la conversation privée avec le bot.',
  codeWaits: 'Le code attend son acheteur : le bouton ne le montre à personne d’autre.',

  listTitle: bold('Groupes où la boutique sert'),
  listEmpty: rich`La boutique ne sert dans aucun groupe. Ajoutez le bot à un groupe, ou envoyez-y ${code('/allow')}`,
  group: (title, at) => rich`${bold(title)} · depuis le ${dateTime(L, at)}`,
  groupLapsed: (title) =>
    rich`⚠️ ${bold(title)} · autorisé par une personne qui n’est plus propriétaire. Envoyez-y ${code('/allow')}, ou ne servez plus ce groupe.`,
  sure: (title) =>
    lines(rich`Ne plus servir dans ${bold(title)} ?`, 'Les commandes déjà payées vont à leur terme.'),
  nowServed: (title) => join(['La boutique sert désormais dans ', bold(title), '.']),
  putOut: (title) =>
    join([
      '⚠️ Le bot n’est plus dans ',
      bold(title),
      '. Les commandes en cours continuent, et leurs acheteurs en apprennent la fin en privé.',
    ]),
  revoked: (title) => join(['On ne vend plus dans ', bold(title), '.']),
  listChanged: 'Ce groupe n’est plus dans la liste.',
};
