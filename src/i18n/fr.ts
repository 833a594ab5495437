// Every sentence in French.

import { subtract, type Centimes } from '../domain/money.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { Line, Service } from '../domain/service.ts';
import type { CardFacts, Delivery, QuoteFacts, Sentences } from './en.ts';
import { ago, byName, dateTime, lineText, money, serviceName } from './format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from './rich.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);

const what = (o: CardFacts): Rich =>
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

export const fr: Sentences = {
  languageName: 'Français',
  sandbox: bold('SANDBOX · rien n’est réellement rechargé'),

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
    service: (service: Service) => serviceName(L, service),
    recharge: 'Recharger une ligne',
    cancel: 'Annuler',
    back: 'Retour',
    otherNumber: 'Autre numéro',
    otherAmount: 'Autre montant',
    amount: (value: Centimes, price: Centimes | null) =>
      price === null ? da(value) : `${da(value)} (${da(price)})`,
    confirm: (value: Centimes) => `✅ Recharger ${da(value)}`,
    pay: (price: Centimes) => `✅ Payer ${da(price)}`,
    payAgain: (price: Centimes) => `Oui, payer ${da(price)} encore une fois`,
    checkAgain: 'Vérifier à nouveau',
    copyCode: 'Copier le code',
    again: 'Encore',
    openPrivate: 'Ouvrir le code en privé',
    delivered: 'La ligne a été rechargée',
    moneyBack: 'Rendre le montant',
    sure: 'Oui, j’en suis sûr',
  },

  welcome: lines(
    'Ce comptoir recharge les lignes ADSL, fibre et 4G.',
    'Envoyez un numéro de ligne, ou appuyez sur le bouton.',
  ),
  stranger: (id: number) =>
    lines(
      'Ce comptoir ne sert que sa boutique.',
      rich`Pour acheter ici, donnez à la boutique votre numéro Telegram : ${code(id)}`,
    ),
  help: lines(
    'Envoyez un numéro de ligne, ou /topup, et suivez les boutons.',
    rich`En une fois : ${code('/topup 036362608 1000')}`,
    '/status suivi d’un numéro montre cette commande, /history les dernières.',
    'Après le paiement, vous pouvez fermer la discussion : le message se complète tout seul.',
  ),
  sendText: 'Envoyez le numéro de la ligne en texte, en chiffres.',
  notUnderstood: 'Je n’ai pas reconnu de numéro de ligne. Envoyez-le en chiffres, ou appuyez sur /topup.',

  askService: 'Que souhaitez-vous recharger ?',
  askServiceFor: (digits: string) => rich`${code(digits)} : de quel service est cette ligne ?`,
  askNumber: (service: Service) =>
    service === 'ADSL'
      ? rich`ADSL / Fibre. Envoyez le numéro de la ligne : 9 chiffres commençant par 0, comme ${code('036 36 26 08')}.`
      : rich`4G LTE. Envoyez le numéro de la ligne : 10 chiffres commençant par 04, ou 12 commençant par 213, comme ${code('213 472 73 16 02')}.`,

  notANumber: '⚠️ Ce n’est pas un numéro de ligne. Envoyez-le en chiffres.',
  wrongLength: (service: Service) =>
    service === 'ADSL'
      ? '⚠️ Un numéro ADSL ou fibre a 9 chiffres et commence par 0. Vérifiez-le et renvoyez-le.'
      : '⚠️ Un numéro 4G a 10 chiffres à partir de 04, ou 12 à partir de 213. Vérifiez-le et renvoyez-le.',
  mobile: '⚠️ C’est un numéro de téléphone mobile. Envoyez le numéro de la ligne internet.',
  looksOther: (other: Service, line: Line, masked = false) =>
    rich`⚠️ ${lineText(L, line, masked)} ressemble à une ligne ${serviceName(L, other)}. Choisissez-la ci-dessous, ou envoyez un autre numéro.`,
  notALine: (service: Service) =>
    service === 'ADSL'
      ? '⚠️ Ce numéro n’est pas une ligne ADSL. Vérifiez-le et renvoyez-le, ou choisissez 4G.'
      : '⚠️ Ce numéro n’est pas une ligne 4G. Vérifiez-le et renvoyez-le, ou choisissez ADSL.',
  cannotCheck:
    '⚠️ Les lignes ne peuvent pas être vérifiées pour le moment ; le numéro est peut-être bon. Rien n’a été débité. Réessayez dans un instant.',

  lineFound: (line: Line, offer: string | null, masked: boolean) =>
    lines(
      rich`Ligne trouvée : ${bold(lineText(L, line, masked))}`,
      offer === null ? null : rich`Offre : ${offer}`,
    ),
  chooseAmount: 'Choisissez le montant. Entre parenthèses : ce que vous payez.',
  chooseAmountInGroup: 'Choisissez le montant.',
  nothingInStock: (service: Service) =>
    `⚠️ Aucun montant ${serviceName(L, service)} n’est en stock pour le moment. Vérifiez à nouveau dans quelques minutes.`,
  amountNotOffered: '⚠️ Ce montant n’est pas en stock. Choisissez-en un autre.',
  amountGone: '⚠️ Ce montant vient d’être épuisé. Rien n’a été débité. Choisissez-en un autre.',

  quote: (q: QuoteFacts) =>
    lines(
      bold('Vérifiez, puis payez.'),
      rich`${q.service} · ${lineText(L, q.line, q.masked)}`,
      rich`Recharge : ${bold(da(q.value))}`,
      q.masked ? null : rich`Vous payez : ${bold(da(q.price))}`,
      q.balance === null ? null : `Solde : ${da(q.balance)}, puis ${da(subtract(q.balance, q.price))}`,
    ),
  priceChanged: (price: Centimes) => `⚠️ Le prix est maintenant de ${da(price)}. Rien n’a été débité.`,
  priceChangedInGroup: '⚠️ Le prix a changé. Rien n’a été débité.',
  short: (missing: Centimes, balance: Centimes, price: Centimes) =>
    lines(`⚠️ Il vous manque ${da(missing)} : votre solde est de ${da(balance)}, le prix de ${da(price)}.`),
  shortInGroup: '⚠️ Le solde ne couvre pas ce montant.',
  fitting: 'Ces montants conviennent :',
  twin: (no: number, at: number) =>
    rich`⚠️ La commande n° ${no} (${ago(L, at)}) recharge la même ligne du même montant. Payer encore une fois ?`,
  away: '⚠️ La recharge n’est pas disponible pour le moment. Rien n’a été débité. Réessayez dans quelques minutes.',
  cannotRecord:
    '⚠️ La commande n’a pas pu être enregistrée : rien n’a été envoyé ni débité. Réessayez dans quelques minutes.',
  barred:
    '⛔ Votre accès à ce comptoir est fermé pour le moment. Rien n’a été prélevé. Adressez-vous au magasin.',
  paused: (words) =>
    lines(
      '⚠️ Le magasin a suspendu ses ventes. Rien n’a été prélevé.',
      words === '' ? null : `Le magasin précise : ${words}`,
    ),
  useButtons: 'Appuyez sur un bouton ci-dessus, ou envoyez un autre numéro de ligne.',

  cancelled: 'Annulé. Rien n’a été débité.',
  nothingToCancel: 'Il n’y a rien à annuler.',
  tooLateToCancel: (no: number) =>
    `La commande n° ${no} est déjà partie chez l’opérateur et ne peut plus être annulée. Son message dira comment elle se termine.`,
  closedIdle: 'Fermé après 30 minutes sans réponse. Rien n’a été débité. /topup recommence.',
  outdated: 'Le bot a été mis à jour entre-temps. Rien n’a été débité. /topup recommence.',
  staleButton: 'Ce bouton ne sert plus. /topup recommence.',
  notYours: '⛔ Ce bouton est réservé à la personne qui commande.',
  anonymous: 'Désactivez l’anonymat pour commander ici : les admins anonymes se ressemblent tous.',
  oops: '⚠️ Un problème est survenu ici. Les commandes déjà payées continuent. Réessayez.',

  sending: (o: CardFacts) => lines(rich`⏳ Commande n° ${o.no} : envoi en cours.`, what(o)),
  inProgress: (o: CardFacts) =>
    lines(
      rich`⏳ Commande n° ${o.no} : en cours (lancée ${ago(L, o.at)}).`,
      what(o),
      'Il faut en général moins d’une minute. Vous pouvez fermer cette discussion.',
    ),
  delivered: (o: CardFacts, d: Delivery) =>
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
  refunded: (o: CardFacts, note: string | null) =>
    lines(notRecharged(o), what(o), note === null ? null : rich`L’opérateur indique : ${note}`),
  rejected: (o: CardFacts, refusal: ProviderRefusal) =>
    lines(notRecharged(o), what(o), `Raison : ${refused[refusal.reason]}.`),
  queued: (o: CardFacts) =>
    lines(
      rich`🕒 Commande n° ${o.no} acceptée : Algérie Télécom l’exécutera sous 12 à 48 h.`,
      what(o),
      'Nous vous préviendrons ici, ne refaites pas la commande.',
    ),
  unknown: (o: CardFacts) =>
    lines(
      rich`🔎 Commande n° ${o.no} : nous vérifions auprès d’Algérie Télécom.`,
      what(o),
      'Votre argent est réservé, ne refaites pas la commande, nous vous répondrons ici.',
    ),
  review: (o: CardFacts) =>
    lines(
      rich`🔎 Commande n° ${o.no} : elle prend un temps inhabituel, la boutique s’en occupe.`,
      what(o),
      'Votre argent est réservé, ne refaites pas la commande, nous vous répondrons ici.',
    ),
  announce: {
    fulfilled: (no: number) => `✅ Commande n° ${no} : ligne rechargée.`,
    refunded: (no: number) => `↩️ Commande n° ${no} : la recharge n’a pas abouti, le montant est rendu.`,
  },

  balance: (balance: Centimes, held: Centimes) =>
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
  balanceInGroup: 'Votre solde ne se montre que dans la discussion privée.',
  noHistory: 'Pas encore de commande. /topup lance la première.',
  historyTitle: bold('Vos dernières commandes'),
  historyLine: (o: CardFacts, mark: string) =>
    rich`${mark} ${o.no} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`Ajoutez le numéro de la commande : ${code('/status 1042')}`,
  noSuchOrder: 'Vous n’avez pas de commande de ce numéro.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'Désormais en français.',

  alerts: {
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
    shopShort:
      '⚠️ Un acheteur n’a pas pu être servi : le crédit du magasin chez le fournisseur ne couvre pas l’achat. Rechargez-le.',
    shopBalance: (no: number) =>
      `⚠️ La commande n° ${no} a été refusée : le crédit de la boutique chez le fournisseur est trop bas. Rechargez-le.`,
    review: {
      overdue: (o: CardFacts) =>
        lines(
          rich`⚠️ La commande n° ${o.no} dépasse son délai. Cherchez-la dans le tableau de bord du fournisseur.`,
          what(o),
        ),
      mismatch: (o: CardFacts) =>
        lines(
          rich`⚠️ Commande n° ${o.no} : celle du fournisseur porte un autre numéro ou montant. Comparez-les.`,
          what(o),
        ),
      lost: (o: CardFacts) =>
        lines(
          rich`⚠️ Commande n° ${o.no} : envoyée deux fois, le fournisseur ne la connaît pas. Cherchez-la dans son tableau de bord.`,
          what(o),
        ),
    },
    reference: (ref: string) => rich`Notre référence : ${code(ref)}`,
    settleHint: 'Si vous savez comment elle s’est terminée, dites-le ici.',
    sure: {
      fulfilled: (no: number) =>
        `Commande n° ${no} : la ligne a été rechargée, le montant est pris. Vous confirmez ?`,
      refunded: (no: number) =>
        `Commande n° ${no} : la ligne n’a pas été rechargée, le montant est rendu. Vous confirmez ?`,
    },
    settled: (no: number) => `La commande n° ${no} est réglée.`,
    notInReview: (no: number) => `La commande n° ${no} s’est réglée d’elle-même entre-temps.`,
    word: (o: CardFacts, word: string) =>
      lines(
        rich`⚠️ Commande n° ${o.no} : le fournisseur répond ${code(word)}, un mot nouveau. Elle reste ouverte et suivie.`,
        what(o),
      ),
  },
};
