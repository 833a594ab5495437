// The command menus and the buttons in French. Labels can't carry entities.

import type { Centimes } from '../../domain/money.ts';
import { money, serviceName } from '../format.ts';
import type { MenuSentences } from './en.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);

export const fr: MenuSentences = {
  languageName: 'Français',
  commands: {
    topup: 'Recharger une ligne',
    balance: 'Votre solde',
    history: 'Vos dernières commandes',
    status: 'Voir une commande',
    language: 'العربية · Français · English',
    cancel: 'Arrêter la recharge en cours',
    help: 'Comment ça marche',
    orders: 'Commandes de la boutique',
    order: 'Une commande et toute son histoire',
    today: 'Ventes du jour',
    people: 'Agents et clients',
    invite: 'Inviter un agent ou un client',
    prices: 'Prix et marges',
    deposit: 'Ajouter de l’argent à un solde',
    correct: 'Corriger un solde, avec le motif',
    statement: 'Vos derniers mouvements d’argent',
    transfer: 'Transférer du solde à un client',
    groups: 'Groupes servis par la boutique',
    allow: 'Servir dans ce groupe',
    pause: 'Suspendre les ventes',
    resume: 'Reprendre les ventes',
    audit: 'Qui a fait quoi, en fichier',
    threshold: 'Prévenir quand le solde de la boutique est bas',
  },

  buttons: {
    service: (service) => serviceName(L, service),
    recharge: 'Recharger une ligne',
    cancel: 'Annuler',
    back: 'Retour',
    otherNumber: 'Autre numéro',
    otherAmount: 'Autre montant',
    amount: (value, price) => (price === null ? da(value) : `${da(value)} (${da(price)})`),
    confirm: (value) => `✅ Recharger ${da(value)}`,
    pay: (price) => `✅ Payer ${da(price)}`,
    payAgain: (price) => `Oui, payer ${da(price)} encore une fois`,
    checkAgain: 'Vérifier à nouveau',
    copyCode: 'Copier le code',
    again: 'Encore',
    openPrivate: 'Ouvrir le code en privé',
    delivered: 'La ligne a été rechargée',
    moneyBack: 'Rendre le montant',
    sure: 'Oui, j’en suis sûr',
  },
};
