// What is said about people in French.

import type { Centimes } from '../../domain/money.ts';
import type { GivenRole } from '../../domain/shop.ts';
import { dateTime, money } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { PeopleSentences } from './en.ts';
import { fullName, nameOf, ruleText, signed, type Outside, type PersonFacts, type Tab } from './facts.ts';

const L = 'fr';
const da = (amount: Centimes): string => money(L, amount);
const un: Record<GivenRole, string> = { agent: 'un agent', customer: 'un client' };
const as: Record<GivenRole, string> = { agent: 'comme agent', customer: 'comme client' };
const outside: Record<Outside, string> = {
  asking: '⚠️ Attend votre réponse',
  refused: 'Non admis',
  removed: '⛔ Retiré',
};
const roleLine = ({ role, frozen, outside: why }: PersonFacts): string => {
  if (role === null) return outside[why];
  const name = role === 'agent' ? 'Agent' : 'Client';
  return frozen ? `⛔ ${name}, bloqué : pas de nouvelle commande` : name;
};
function priceLine({ rule }: PersonFacts): string | Rich {
  if (rule === null) return 'Prix : celui du rôle';
  const own = ruleText(L, rule);
  return own === undefined
    ? 'Prix : particulier, le montant lui-même'
    : rich`Prix : particulier, ${own} sur le montant`;
}
const tabs: Record<Tab, string> = { agent: 'Agents', customer: 'Clients', outside: 'Hors boutique' };

export const fr: PeopleSentences = {
  buttons: {
    ask: 'Demander l’accès',
    answer: { agent: 'Agent', customer: 'Client', refused: 'Refuser' },
    letIn: { agent: 'Admettre comme agent', customer: 'Admettre comme client' },
    make: { agent: 'Passer agent', customer: 'Passer client' },
    ceiling: 'Plafond de crédit',
    freeze: 'Bloquer',
    unfreeze: 'Débloquer',
    remove: 'Retirer',
    removeYes: 'Oui, retirer',
    price: 'Prix',
    deposit: 'Dépôt',
    correction: 'Correction',
    statement: 'Mouvements',
    back: 'Retour',
    cancel: 'Annuler',
    open: 'Ouvrir la fiche',
    showThem: 'Les afficher',
    invite: { agent: 'Inviter un agent', customer: 'Inviter un client' },
    copyLink: 'Copier le lien',
    sendLink: 'Envoyer le lien',
    previous: 'Précédents',
    next: 'Suivants',
    tab: (tab, count) => `${tabs[tab]} : ${count}`,
    person: (person, balance, frozen) => `${frozen ? '⛔ ' : ''}${nameOf(person)} · ${da(balance)}`,
  },

  door: {
    asked: 'Demande envoyée. La boutique vous répondra ici.',
    waiting: 'Votre demande est entre les mains de la boutique. Elle vous répondra ici.',
    refused: (id, until) =>
      lines(
        '⛔ La boutique ne vous a pas admis.',
        rich`Redemandez après le ${dateTime(L, until)}, ou donnez à la boutique votre numéro Telegram : ${code(id)}`,
      ),
    full: (id) =>
      lines(
        'Trop de personnes demandent l’accès en ce moment. Réessayez demain.',
        rich`Ou donnez à la boutique votre numéro Telegram : ${code(id)}`,
      ),
    removed:
      '⛔ La boutique a fermé votre accès. Les commandes en cours continuent et votre solde est conservé. Adressez-vous à la boutique.',
  },

  join: {
    'no-such-invite': '⚠️ Cette invitation n’est pas valable. Demandez un nouveau lien à la boutique.',
    used: '⚠️ Cette invitation a déjà servi. Demandez un nouveau lien à la boutique.',
    expired: '⚠️ Cette invitation est trop ancienne. Demandez un nouveau lien à la boutique.',
    'own-invite':
      'Cette invitation est pour quelqu’un d’autre : vous êtes propriétaire. Transmettez le lien.',
    'is-member': 'Vous avez déjà accès. Envoyez un numéro de ligne pour le recharger.',
    removed:
      '⛔ La boutique a fermé votre accès, l’invitation ne peut pas servir. Adressez-vous à la boutique.',
  },

  told: {
    letIn: {
      agent: lines(
        '✅ Vous avez accès, comme agent.',
        'Rechargez des lignes avec votre solde, et transférez du solde à des clients avec /transfer.',
        'Pour alimenter votre solde : /deposit',
      ),
      customer: lines(
        '✅ Vous avez accès.',
        'Rechargez des lignes avec votre solde.',
        'Pour alimenter votre solde : /deposit',
      ),
    },
    agent: 'La boutique a fait de vous un agent : /transfer transfère du solde à des clients.',
    customer: (creditEnds) =>
      creditEnds
        ? 'La boutique a fait de vous un client. Votre solde reste ; l’achat à crédit est terminé.'
        : 'La boutique a fait de vous un client. Votre solde reste.',
    frozen:
      '⛔ La boutique a arrêté vos nouvelles commandes. Celles en cours continuent et votre solde est conservé. Adressez-vous à la boutique.',
    unfrozen: 'Vous pouvez de nouveau commander.',
    ceiling: (amount) =>
      amount === 0
        ? 'L’achat à crédit est terminé : vous dépensez ce qui est sur votre solde.'
        : `La boutique vous permet d’acheter à crédit, jusqu’à ${da(amount)}.`,
  },

  asks: (person) =>
    lines(rich`⚠️ ${fullName(L, person)} demande l’accès.`, rich`Numéro Telegram : ${code(person.id)}`),
  moreAsk: (count) =>
    lines(
      `⚠️ D’autres personnes encore demandent l’accès : ${count} cette heure-ci, sans fiche chacune.`,
      'Elles sont dans /people.',
    ),
  answered: (person, answer, by) =>
    lines(
      answer === 'refused'
        ? rich`${fullName(L, person)} n’a pas été admis.`
        : rich`✅ ${fullName(L, person)} a accès ${as[answer]}.`,
      by === null ? 'Un autre propriétaire a répondu.' : `Réponse de ${by}.`,
    ),
  joined: (person, role) => rich`✅ ${fullName(L, person)} est entré ${as[role]} par votre lien.`,
  cameByLink: (person, role) =>
    rich`✅ ${fullName(L, person)} est entré ${as[role]} par le lien d’un propriétaire.`,
  notTold: '⚠️ La personne n’a pas pu être prévenue : la discussion avec le bot n’est pas ouverte chez elle.',

  inviteAsk: 'Pour qui est le lien ?',
  link: (role, url, until) =>
    lines(
      bold(`Un lien pour ${un[role]}, une personne, une fois.`),
      url,
      `Valable jusqu’au ${dateTime(L, until)}`,
    ),
  picture: (role, until) =>
    lines(`Le même lien à scanner : pour ${un[role]}, une fois.`, `Valable jusqu’au ${dateTime(L, until)}`),
  noLink: '⚠️ Le lien ne peut pas être fait maintenant. Réessayez dans une minute.',

  listTitle: (tab, count) => bold(`${tabs[tab]} : ${count}`),
  page: (page, pages) => `Page ${page} sur ${pages}`,
  listHint: rich`Pour trouver quelqu’un : ${code('/people nadia')}`,
  nobody: 'Personne n’est encore entré. Invitez quelqu’un par un lien.',
  found: (shown, count) =>
    shown === count
      ? `Trouvés : ${count}`
      : lines(
          `Trouvés : ${count}, les ${shown} premiers ci-dessous.`,
          'Écrivez plus du nom pour voir les autres.',
        ),
  notFound: 'Personne n’a ce nom, ce @nom ou ce numéro. Vérifiez-le, ou regardez la liste.',

  card: (p) =>
    lines(
      fullName(L, p),
      roleLine(p),
      rich`Numéro Telegram : ${code(p.id)}`,
      rich`Solde : ${bold(signed(L, p.balance))}`,
      p.held === 0 ? null : `Réservé pour des commandes en cours : ${da(p.held)}`,
      p.role === 'agent' ? `Plafond de crédit : ${da(p.ceiling)}` : null,
      p.role === null ? null : priceLine(p),
    ),
  lastOrders: bold('Dernières commandes'),
  noOrders: 'Pas encore de commande.',
  removeSure: (p, open) =>
    lines(
      rich`⚠️ Retirer ${fullName(L, p)} ? Plus de nouvelle commande ensuite.`,
      `Solde : ${signed(L, p.balance)}, qui reste dans les comptes.`,
      open === 0 ? null : `Commandes en cours : ${open}, qui continuent.`,
    ),

  ceilingAsk: (p, ceiling) =>
    lines(
      rich`Plafond de crédit de ${fullName(L, p)} : ${da(ceiling)} actuellement.`,
      'Envoyez le nouveau en dinars, comme 5000. 0 met fin au crédit.',
    ),
  amountFaults: {
    'not-an-amount': '⚠️ Ce n’est pas un montant. Envoyez-le en chiffres, comme 5000.',
    negative: '⚠️ Un plafond n’est pas négatif. Envoyez-le en chiffres, comme 5000.',
    fraction: '⚠️ Des dinars entiers seulement. Envoyez-le en chiffres, comme 5000.',
    'too-much': '⚠️ C’est plus que ce qui peut être accordé. Vérifiez les zéros et renvoyez-le.',
  },

  no: {
    'owners-only': '⛔ Réservé aux propriétaires.',
    'no-such-person': '⚠️ Cette personne n’a plus accès. Rien n’a changé.',
    'is-owner': '⚠️ Les propriétaires sont nommés dans les réglages. Rien n’a changé.',
    'as-it-was': 'C’était déjà ainsi.',
    'agents-only': '⚠️ Le crédit est pour les agents. Passez d’abord cette personne agent.',
  },
};
