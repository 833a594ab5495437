// Every sentence in French.
// Here stands what belongs to no purchase and no order; the topics have a folder each.

import { subtract, type Centimes } from '../domain/money.ts';
import { fr as alerts } from './alerts/fr.ts';
import type { Sentences } from './en.ts';
import { money } from './format.ts';
import { fr as menu } from './menu/fr.ts';
import { fr as orders } from './orders/fr.ts';
import { fr as purchase } from './purchase/fr.ts';
import { bold, code, lines, rich } from './rich.ts';

const da = (amount: Centimes): string => money('fr', amount);

export const fr: Sentences = {
  ...menu,
  ...purchase,
  ...orders,
  alerts,
  sandbox: bold('SANDBOX · rien n’est réellement rechargé'),

  welcome: lines(
    'Ce comptoir recharge les lignes ADSL, fibre et 4G.',
    'Envoyez un numéro de ligne, ou appuyez sur le bouton.',
  ),
  stranger: (id) =>
    lines(
      'Ce comptoir est réservé aux personnes admises par la boutique.',
      rich`Pour acheter ici, donnez à la boutique votre numéro Telegram : ${code(id)}`,
    ),
  help: lines(
    'Envoyez un numéro de ligne, ou /topup, et suivez les boutons.',
    rich`En une fois : ${code('/topup 036362608 1000')}`,
    '/status suivi d’un numéro montre cette commande, /history les dernières.',
    'Après le paiement, vous pouvez fermer la discussion : le message se complète tout seul.',
  ),
  helpFor: {
    customer: 'Demander du solde à la boutique : /deposit. Vos mouvements : /statement',
    agent: lines(
      'Demander du solde à la boutique : /deposit. Vos mouvements : /statement',
      'Donner du solde à un client : /transfer',
      'Dans les groupes de la boutique, vous commandez de la même façon.',
    ),
    owner: lines(
      'Agents et clients : /people, /invite. Prix : /prices',
      'Soldes : /deposit, /correct, /statement',
      'Commandes : /orders, /today. Qui a fait quoi : /audit',
      'Suspendre et reprendre les ventes : /pause, /resume. Groupes : /groups',
    ),
  },
  sendText: 'Envoyez le numéro de la ligne en texte, en chiffres.',
  notUnderstood: 'Je n’ai pas reconnu de numéro de ligne. Envoyez-le en chiffres, ou appuyez sur /topup.',

  anonymous: 'Désactivez l’anonymat pour commander ici : les admins anonymes se ressemblent tous.',
  oops: '⚠️ Un problème est survenu ici. Les commandes déjà payées continuent. Réessayez.',

  balance: (balance, held) =>
    lines(
      rich`Solde : ${bold(da(balance))}`,
      held === 0 ? null : `Réservé pour les commandes en cours : ${da(held)}`,
    ),
  walletBalance: (spendable, held, ceiling) =>
    lines(
      rich`Solde : ${bold(da(subtract(spendable, ceiling)))}`,
      ceiling === 0 ? null : `Vous pouvez dépenser : ${da(spendable)} (crédit : ${da(ceiling)})`,
      held === 0 ? null : `Réservé pour les commandes en cours : ${da(held)}`,
    ),
  balanceInGroup: 'Votre solde n’est montré qu’à vous : par ce bouton, ou dans la discussion privée.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'Désormais en français.',
};
