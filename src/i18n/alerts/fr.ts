// What the people who run the shop must know, in French. Buyers never see it.

import { what } from '../orders/fr.ts';
import { code, lines, rich } from '../rich.ts';
import type { AlertSentences } from './en.ts';

export const fr: AlertSentences = {
  key: '⚠️ Le fournisseur refuse la clé. Rien ne se vend tant que le bot n’est pas relancé avec une ONECLICK_API_KEY valable. Les commandes ouvertes sont conservées.',
  address:
    '⚠️ Le fournisseur bloque l’adresse de ce serveur. Le bot redemandera de lui-même dans 15 minutes environ. Vérifiez les adresses autorisées dans son tableau de bord.',
  disabled:
    '⚠️ Le fournisseur a désactivé cette clé. Réactivez-la dans son tableau de bord et relancez le bot. Les commandes ouvertes sont conservées.',
  readOnly:
    '⚠️ La clé du fournisseur ne permet que la lecture. Relancez le bot avec une clé qui peut acheter. Les commandes ouvertes sont conservées.',
  recovered:
    '⚠️ Le livre des commandes était abîmé et le bot a repris sa copie précédente. Chaque commande ouverte est vérifiée avant tout envoi. Contrôlez le disque.',
  disk: '⚠️ Le disque n’accepte plus le livre des commandes (plein ?). Rien ne se vend en attendant ; les commandes ouvertes patientent.',
  database:
    '⚠️ La base de données n’accepte plus le livre des commandes (injoignable ou pleine ?). Rien ne se vend en attendant ; les commandes ouvertes patientent.',
  shopShort:
    '⚠️ Un acheteur n’a pas pu être servi : le crédit de la boutique chez le fournisseur ne couvre pas l’achat. Rechargez-le.',
  shopBalance: (no) =>
    `⚠️ La commande n° ${no} a été refusée : le crédit de la boutique chez le fournisseur est trop bas. Rechargez-le.`,
  review: {
    overdue: (o) =>
      lines(
        rich`⚠️ La commande n° ${o.no} dépasse son délai. Cherchez-la dans le tableau de bord du fournisseur.`,
        what(o),
      ),
    mismatch: (o) =>
      lines(
        rich`⚠️ Commande n° ${o.no} : celle du fournisseur porte un autre numéro ou montant. Comparez-les.`,
        what(o),
      ),
    lost: (o) =>
      lines(
        rich`⚠️ Commande n° ${o.no} : envoyée deux fois, le fournisseur ne la connaît pas. Cherchez-la dans son tableau de bord.`,
        what(o),
      ),
  },
  reference: (ref) => rich`Notre référence : ${code(ref)}`,
  settleHint: 'Si vous savez comment elle s’est terminée, dites-le ici.',
  sure: {
    fulfilled: (no) => `Commande n° ${no} : la ligne a été rechargée, le montant est pris. Vous confirmez ?`,
    refunded: (no) =>
      `Commande n° ${no} : la ligne n’a pas été rechargée, le montant est rendu. Vous confirmez ?`,
  },
  settled: (no) => `La commande n° ${no} est réglée.`,
  notInReview: (no) => `La commande n° ${no} s’est réglée d’elle-même entre-temps.`,
  needsNone: (no) => `La commande n° ${no} suit son cours : elle n’attend aucun verdict.`,
  word: (o, word) =>
    lines(
      rich`⚠️ Commande n° ${o.no} : le fournisseur répond ${code(word)}, un mot nouveau. Elle reste ouverte et suivie.`,
      what(o),
    ),
};
