// What a purchase asks and answers, from the first question to the confirmation, in French.

import { subtract, type Centimes } from '../../domain/money.ts';
import type { Line, Service } from '../../domain/service.ts';
import { ago, lineText, money, serviceName } from '../format.ts';
import { bold, code, lines, rich } from '../rich.ts';
import type { PurchaseSentences } from './en.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);

export const fr: PurchaseSentences = {
  askService: 'Que souhaitez-vous recharger ?',
  askServiceFor: (digits) => rich`${code(digits)} : de quel service est cette ligne ?`,
  askNumber: (service) =>
    service === 'ADSL'
      ? rich`ADSL / Fibre. Envoyez le numéro de la ligne : 9 chiffres commençant par 0, comme ${code('036 36 26 08')}.`
      : rich`4G LTE. Envoyez le numéro de la ligne : 10 chiffres commençant par 04, ou 12 commençant par 213, comme ${code('213 472 73 16 02')}.`,

  notANumber: '⚠️ Ce n’est pas un numéro de ligne. Envoyez-le en chiffres.',
  wrongLength: (service) =>
    service === 'ADSL'
      ? '⚠️ Un numéro ADSL ou fibre a 9 chiffres et commence par 0. Vérifiez-le et renvoyez-le.'
      : '⚠️ Un numéro 4G a 10 chiffres à partir de 04, ou 12 à partir de 213. Vérifiez-le et renvoyez-le.',
  mobile: '⚠️ C’est un numéro de téléphone mobile. Envoyez le numéro de la ligne internet.',
  looksOther: (other: Service, line: Line, masked = false) =>
    rich`⚠️ ${lineText(L, line, masked)} ressemble à une ligne ${serviceName(L, other)}. Choisissez-la ci-dessous, ou envoyez un autre numéro.`,
  notALine: (service) =>
    service === 'ADSL'
      ? '⚠️ Ce numéro n’est pas une ligne ADSL. Vérifiez-le et renvoyez-le, ou choisissez 4G.'
      : '⚠️ Ce numéro n’est pas une ligne 4G. Vérifiez-le et renvoyez-le, ou choisissez ADSL.',
  cannotCheck:
    '⚠️ Les lignes ne peuvent pas être vérifiées pour le moment ; le numéro est peut-être bon. Rien n’a été débité. Réessayez dans un instant.',

  lineFound: (line, offer, masked) =>
    lines(
      rich`Ligne trouvée : ${bold(lineText(L, line, masked))}`,
      offer === null ? null : rich`Offre : ${offer}`,
    ),
  chooseAmount: 'Choisissez le montant.',
  chooseAmountPriced: 'Choisissez le montant. Entre parenthèses : ce que vous payez.',
  nothingInStock: (service) =>
    `⚠️ Aucun montant ${serviceName(L, service)} n’est en stock pour le moment. Vérifiez à nouveau dans quelques minutes.`,
  nothingSold:
    '⚠️ Ces recharges ne sont pas vendues pour le moment. Rien n’a été débité. La boutique est prévenue.',
  amountNotOffered: '⚠️ Ce montant n’est pas en stock. Choisissez-en un autre.',
  amountGone: '⚠️ Ce montant vient d’être épuisé. Rien n’a été débité. Choisissez-en un autre.',
  amountNotSold: '⚠️ Ce montant n’est pas vendu pour le moment. Rien n’a été débité. Choisissez-en un autre.',

  quote: (q) =>
    lines(
      bold('Vérifiez, puis payez.'),
      rich`${q.service} · ${lineText(L, q.line, q.masked)}`,
      rich`Recharge : ${bold(da(q.value))}`,
      q.masked ? null : rich`Vous payez : ${bold(da(q.price))}`,
      q.balance === null ? null : `Solde : ${da(q.balance)}, puis ${da(subtract(q.balance, q.price))}`,
    ),
  priceChanged: (price) => `⚠️ Le prix est maintenant de ${da(price)}. Rien n’a été débité.`,
  priceChangedInGroup: '⚠️ Le prix a changé. Rien n’a été débité.',
  short: (missing, balance, price) =>
    lines(`⚠️ Il vous manque ${da(missing)} : votre solde est de ${da(balance)}, le prix de ${da(price)}.`),
  shortInGroup: '⚠️ Le solde ne couvre pas ce montant.',
  fitting: 'Ces montants conviennent :',
  twin: (no, at) =>
    rich`⚠️ La commande n° ${no} (${ago(L, at)}) recharge la même ligne du même montant. Payer encore une fois ?`,
  twinOfAnother: '⚠️ La même recharge vient d’être commandée pour cette ligne. Payer encore une fois ?',
  away: '⚠️ La recharge n’est pas disponible pour le moment. Rien n’a été débité. Réessayez dans quelques minutes.',
  cannotRecord:
    '⚠️ La commande n’a pas pu être enregistrée : rien n’a été envoyé ni débité. Réessayez dans quelques minutes.',
  barred:
    '⛔ Votre accès à ce comptoir est fermé pour le moment. Rien n’a été prélevé. Adressez-vous à la boutique.',
  paused: (words) =>
    lines(
      '⚠️ La boutique a suspendu ses ventes. Rien n’a été prélevé.',
      words === '' ? null : `La boutique précise : ${words}`,
    ),
  useButtons: 'Appuyez sur un bouton ci-dessus, ou envoyez un autre numéro de ligne.',

  cancelled: 'Annulé. Rien n’a été débité.',
  closedIdle: 'Fermé après 30 minutes sans réponse. Rien n’a été débité. /topup recommence.',
  outdated: 'Le bot a été mis à jour entre-temps. Rien n’a été débité. /topup recommence.',
  staleButton: 'Ce bouton ne sert plus. /topup recommence.',
  notYours: '⛔ Ce bouton est réservé à la personne qui commande.',
};
