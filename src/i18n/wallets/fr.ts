// Ce qui est dit des portefeuilles en français.

import { add, subtract, type Centimes } from '../../domain/money.ts';
import { clockTime, dateTime, money } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { WalletsSentences } from './en.ts';
import type { MoneyWords, Named } from './facts.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);
const signed = (amount: Centimes): string => `${amount > 0 ? '+' : ''}${da(amount)}`;
const who = ({ name, handle }: Named): Rich => rich`${bold(name)} (${handle})`;
const then = (balance: Centimes, amount: Centimes): string =>
  `Solde : ${da(balance)}, puis ${da(add(balance, amount))}`;

const no: MoneyWords = {
  'owners-only': '⛔ Seuls les propriétaires de la boutique peuvent le faire.',
  'no-such-person': '⚠️ Personne dans cette boutique n’a ce numéro ni ce nom. Vérifiez et envoyez à nouveau.',
  frozen: '⛔ Votre accès à ce comptoir est fermé pour le moment. Rien n’a bougé. Demandez à la boutique.',
  'not-a-member': '⛔ Vous n’avez plus accès à ce comptoir. Rien n’a bougé. Demandez à la boutique.',
  'too-late': '⚠️ Cette confirmation est trop ancienne. Rien n’a bougé. Envoyez la commande à nouveau.',
  'agents-to-customers': '⛔ Seul un agent peut donner du crédit, et seulement à un client. Rien n’a bougé.',
  'to-oneself': '⚠️ C’est votre propre portefeuille. Rien n’a bougé. Choisissez un client.',
  'no-reason':
    '⚠️ Une correction demande un motif. Rien n’a bougé. Envoyez la commande à nouveau avec un motif.',
};

export const fr: WalletsSentences = {
  buttons: {
    cancel: 'Annuler',
    put: (amount) => `✅ Créditer ${da(amount)}`,
    correct: (amount) => `✅ Corriger de ${signed(amount)}`,
    give: (amount) => `✅ Donner ${da(amount)}`,
    refuse: 'Refuser',
    older: 'Plus anciens',
    newest: 'Derniers',
    file: 'En fichier',
    askMissing: (amount) =>
      amount === null ? 'Demander du crédit à la boutique' : `Demander ${da(amount)} à la boutique`,
    goOn: 'Reprendre l’achat',
    letGo: 'Abandonner l’achat',
  },

  cancelled: 'Annulé. Rien n’a bougé.',
  no,
  faults: {
    'not-an-amount':
      '⚠️ Ce n’est pas un montant. Envoyez des dinars entiers en chiffres, sans point ni virgule, comme 2000.',
    negative: '⚠️ Le montant doit être supérieur à zéro. Envoyez-le sans signe moins, comme 2000.',
    zero: '⚠️ Le montant doit être supérieur à zéro. Envoyez-le en dinars, comme 2000.',
    fraction: '⚠️ En dinars entiers, sans centimes. Envoyez-le à nouveau, comme 2000.',
    'too-much':
      '⚠️ C’est plus qu’un portefeuille ne reçoit en une fois. Vérifiez le montant et envoyez-le à nouveau.',
  },

  usage: {
    deposit: rich`Envoyez par exemple : ${code('/deposit @nadia 2000')}`,
    correct: rich`Envoyez par exemple, avec le motif : ${code('/correct @nadia -300 compté deux fois')}`,
    transfer: (example) => rich`Envoyez par exemple : ${code(`/transfer ${example} 500`)}`,
    statement: rich`Le portefeuille de quelqu’un : ${code('/statement @nadia')}`,
  },
  toWhom: 'À quel client ?',
  whom: 'Quel portefeuille ?',
  nobodyYet: 'Personne n’a encore de portefeuille ici. Invitez d’abord quelqu’un.',
  whichOne: 'Plusieurs personnes portent ce nom. Quel portefeuille ?',
  severalHave: '⚠️ Plusieurs personnes ont porté ce @nom. Envoyez plutôt le numéro de la personne.',
  isOwner: '⚠️ Les propriétaires n’ont pas de portefeuille : ils achètent sur le crédit de la boutique.',

  howMuch: (person, balance) =>
    lines(
      rich`Combien mettez-vous sur le portefeuille de ${who(person)} ?`,
      balance === null ? null : `Solde : ${da(balance)}`,
      'Envoyez le montant en dinars, comme 2000.',
    ),
  confirmDeposit: (person, amount, balance) =>
    lines(rich`Mettre ${bold(da(amount))} sur le portefeuille de ${who(person)} ?`, then(balance, amount)),
  deposited: (person, amount, balance) =>
    lines(rich`✅ ${bold(da(amount))} sont sur le portefeuille de ${who(person)}.`, `Solde : ${da(balance)}`),
  depositTold: (amount, balance) =>
    lines(rich`✅ La boutique a mis ${bold(da(amount))} sur votre portefeuille.`, `Solde : ${da(balance)}`),
  notReached: (person) =>
    rich`⚠️ ${who(person)} n’a pas pu être prévenu : la discussion avec le bot est fermée.`,

  howMuchWrong: (person, balance) =>
    lines(
      rich`De combien corriger le portefeuille de ${who(person)}, et pourquoi ?`,
      `Solde : ${da(balance)}`,
      rich`Envoyez les deux, comme ${code('-300 compté deux fois')}.`,
    ),
  reasonMissing: rich`⚠️ Il manque le motif. Envoyez les deux, comme ${code('-300 compté deux fois')}.`,
  whyCorrect: (person, amount) =>
    lines(
      rich`Pourquoi corriger le portefeuille de ${who(person)} de ${bold(signed(amount))} ?`,
      'Envoyez le motif ; la personne le lira aussi.',
    ),
  confirmCorrection: (person, amount, balance, reason) =>
    lines(
      rich`Corriger le portefeuille de ${who(person)} de ${bold(signed(amount))} ?`,
      then(balance, amount),
      `Motif : ${reason}`,
    ),
  corrected: (person, amount, balance, reason) =>
    lines(
      rich`✅ Le portefeuille de ${who(person)} est corrigé de ${bold(signed(amount))}.`,
      `Solde : ${da(balance)}`,
      `Motif : ${reason}`,
    ),
  correctionTold: (amount, balance, reason) =>
    lines(
      rich`✅ La boutique a corrigé votre portefeuille de ${bold(signed(amount))}.`,
      `Solde : ${da(balance)}`,
      `Motif : ${reason}`,
    ),
  correctionShort: (person, available, held) =>
    lines(
      rich`⛔ Rien n’a bougé : on peut retirer au plus ${da(available)} à ${who(person)}.`,
      held === 0
        ? 'Retirez moins.'
        : `${da(held)} sont réservés à des commandes en cours. Retirez moins, ou attendez leur fin.`,
    ),
  draftLost: '⚠️ Cette confirmation n’est plus utilisée. Regardez le relevé avant de l’envoyer à nouveau.',
  movedBefore: (balance) => lines('C’était déjà fait ; rien n’a bougé deux fois.', `Solde : ${da(balance)}`),

  howMuchCredit: lines(
    'De combien de crédit avez-vous besoin ? Envoyez le montant en dinars, comme 2000.',
    'Vous pouvez joindre une photo du reçu : écrivez le montant sous la photo.',
  ),
  slipHere: 'La photo est là. Envoyez maintenant le montant en dinars, comme 2000.',
  asked: (amount) => rich`⏳ La demande de ${bold(da(amount))} est chez la boutique. La réponse viendra ici.`,
  askedMissing: (amount, until) =>
    lines(
      amount === null
        ? '⏳ La demande de crédit est chez la boutique.'
        : rich`⏳ La demande de ${bold(da(amount))} est chez la boutique.`,
      until === null
        ? 'La réponse viendra en discussion privée.'
        : `Votre achat est gardé jusqu’à ${clockTime(L, until)} et reviendra de lui-même.`,
    ),
  notAsked: {
    'not-a-member': no['not-a-member'],
    frozen: no.frozen,
    'too-many': '⚠️ Trois de vos demandes sont encore ouvertes. Attendez la réponse de la boutique.',
  },
  nobodyReached: '⚠️ Aucun propriétaire n’a pu être prévenu. Votre demande est gardée ; appelez la boutique.',

  request: (person, amount, balance, at) =>
    lines(rich`⚠️ ${who(person)} demande ${bold(da(amount))}.`, then(balance, amount), dateTime(L, at)),
  granted: (person, amount, owner, at) =>
    lines(
      rich`✅ ${bold(da(amount))} sont sur le portefeuille de ${who(person)}.`,
      `Par ${owner}, ${dateTime(L, at)}`,
    ),
  turnedDown: (person, amount, owner, at) =>
    lines(
      rich`⛔ ${who(person)} a demandé ${bold(da(amount))} ; c’est refusé.`,
      `Par ${owner}, ${dateTime(L, at)}`,
    ),
  turnedDownTold: (amount) =>
    rich`⛔ La boutique n’a pas mis les ${bold(da(amount))} que vous demandiez. Rien n’a été débité. Demandez à la boutique.`,
  requestGone: 'Cette demande n’est plus ouverte. Rien n’a bougé.',

  confirmTransfer: (person, amount, balance) =>
    lines(
      rich`Donner ${bold(da(amount))} de votre portefeuille à ${who(person)} ?`,
      `Votre solde : ${da(balance)}, puis ${da(subtract(balance, amount))}`,
    ),
  given: (person, amount, balance) =>
    lines(rich`✅ ${bold(da(amount))} sont donnés à ${who(person)}.`, `Votre solde : ${da(balance)}`),
  givenTold: (agent, amount, balance) =>
    lines(rich`✅ ${agent.name} a mis ${bold(da(amount))} sur votre portefeuille.`, `Solde : ${da(balance)}`),
  transferShort: (available) =>
    rich`⚠️ Rien n’a bougé : vous pouvez donner au plus ${da(available)}. Envoyez un montant plus petit, ou demandez à la boutique : /deposit.`,
  ownersDeposit: 'Les propriétaires créditent un portefeuille avec /deposit.',

  ownersStatement:
    'Les propriétaires dépensent le crédit de la boutique et n’ont pas de portefeuille. /balance montre ce crédit.',
  statement: ({ person, balance, held, ceiling }) =>
    lines(
      person === null ? bold('Votre portefeuille') : rich`Portefeuille de ${who(person)}`,
      rich`Solde : ${bold(da(balance))}`,
      ceiling === 0 ? null : `Crédit : ${da(ceiling)}`,
      held === 0 ? null : `Réservé aux commandes en cours : ${da(held)}`,
    ),
  nothingMoved: 'Rien n’est encore entré ni sorti.',
  row: (what, amount, balance, at) =>
    rich`${bold(signed(amount))} · ${what} · ${dateTime(L, at)} · solde ${da(balance)}`,
  what: {
    deposit: 'dépôt',
    correction: (reason) => `correction : \u2068${reason}\u2069`,
    transferIn: (name) => `de ${name}`,
    transferOut: (name) => `à ${name}`,
    hold: (number) => (number === null ? 'commande' : `commande n° ${number}`),
    release: (number) =>
      number === null ? 'commande, montant rendu' : `commande n° ${number}, montant rendu`,
  },
  somebody: 'quelqu’un',
  file: {
    date: 'Date',
    what: 'Opération',
    order: 'Commande n°',
    amount: 'Montant (DA)',
    balance: 'Solde (DA)',
    note: 'Remarque',
  },
  fileKinds: {
    deposit: 'Dépôt',
    correction: 'Correction',
    transferIn: 'Reçu',
    transferOut: 'Donné',
    hold: 'Commande',
    release: 'Montant rendu',
  },
  fileCaption: (at) => `Portefeuille au ${dateTime(L, at)}`,
  fileFailed: '⚠️ Le fichier n’a pas pu être envoyé. Réessayez dans une minute.',

  forPerson: (person) => rich`Pour ${person}`,
  kept: 'L’achat est gardé 30 minutes.',
  notKept: 'Cet achat n’est plus gardé : il est revenu, ou il est terminé. Cet appui n’a rien changé.',
  cameBack: 'L’achat qui attendait ici est revenu : il continue ci-dessous.',
  canGoOn:
    '✅ Il y a du nouveau crédit, et l’un de vos achats attend encore. Finissez celui-ci, ou reprenez celui-là.',
};
