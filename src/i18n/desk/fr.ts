// The owners' desk in French.

import { subtract, type Centimes } from '../../domain/money.ts';
import { groupLine } from '../../domain/service.ts';
import type { PricedFor, Sums } from '../../domain/report.ts';
import type { PriceRule } from '../../domain/pricing.ts';
import type { GivenRole } from '../../domain/shop.ts';
import { clockTime, dateTime, lineText, money, serviceName } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { DeskSentences } from './en.ts';
import {
  auditLine,
  capital,
  dayText,
  nameText,
  quoted,
  ruleFigure,
  signed,
  toTheSecond,
  whoPays,
} from './figures.ts';
import { frNote } from './notes/fr.ts';
import { frWords } from './words/fr.ts';

const L = 'fr';
const W = frWords;
const da = (amount: Centimes): string => money(L, amount);
function rule(one: PriceRule): Rich | string {
  const figure = ruleFigure(L, one);
  return figure === undefined ? W.faceValue : rich`le montant ${figure}`;
}
const soldAt = (role: GivenRole, { price, margin, sold }: PricedFor): Rich =>
  rich`${W.roles[role]} ${da(price)} (${signed(L, margin)}${sold ? '' : ', pas vendu'})`;
const sums = (name: string, { count, value, margin }: Sums): Rich =>
  rich`${name} : ${count} · ${da(value)} · marge ${signed(L, margin)} DA`;

export const fr: DeskSentences = {
  buttons: {
    ruleOf: (role) => `Prix des ${W.roles[role].toLowerCase()}`,
    allowLoss: 'Permettre la vente à perte',
    forbidLoss: 'Ne jamais vendre à perte',
    sureLoss: 'Oui, vendre aussi à perte',
    setOwn: 'Fixer un prix',
    clearOwn: 'Revenir au prix du rôle',
    back: 'Retour',
    cancel: 'Annuler',
    lists: { all: 'Toutes', open: 'Ouvertes', today: 'Aujourd’hui' },
    state: (name) => capital(W.states[name]),
    byState: 'Par état',
    older: 'Plus anciennes',
    newest: 'Les dernières',
    person: (name) => name,
    askNow: 'Demander au fournisseur maintenant',
    story: 'Toute l’histoire',
    toOrders: 'Toutes les commandes',
    file: 'Enregistrer dans un fichier',
  },
  privateOnly: 'Ceci se passe dans votre conversation privée avec le bot.',
  asking: 'Nous demandons au fournisseur. Appuyez de nouveau dans un instant pour voir sa réponse.',
  notAskedNow: 'Rien à demander maintenant : la commande est finie, ou se vérifie d’elle-même.',

  prices: {
    title: bold('Prix'),
    service: (service) => bold(serviceName(L, service)),
    row: (value, cost, warn) => rich`${warn ? '⚠️ ' : ''}${bold(da(value))} : coût ${da(cost)}`,
    roles: (agent, customer) => rich`${soldAt('agent', agent)} · ${soldAt('customer', customer)}`,
    one: (value, { price, margin, sold }) =>
      rich`${sold ? '' : '⚠️ '}${da(value)} : ${da(price)} (${signed(L, margin)}${sold ? '' : ', pas vendu'})`,
    nothing: 'Rien n’est en stock pour le moment.',
    away: 'Le fournisseur ne dit pas pour le moment ce qui est en stock.',
    rules: (agent, customer) =>
      rich`Les agents paient ${rule(agent)} ; les clients paient ${rule(customer)}.`,
    belowCost: (allowed) =>
      allowed ? 'La vente à perte est permise.' : 'Ce qui irait sous le coût n’est pas vendu.',
    askRole: (role) => `Envoyez le prix des ${W.roles[role].toLowerCase()}.`,
    askPerson: (name) => `Envoyez le prix de ${nameText(name)}.`,
    examples: rich`Sur le montant : ${code('-2%')}, ${code('+1,5%')}. En dinars : ${code('-20')}, ${code('30')}. Le montant même : ${code('0')}.`,
    wrong: rich`⚠️ Ce n’est pas un prix. Envoyez par exemple ${code('-2%')}, ${code('+1,5%')}, ${code('-20')}, ${code('30')} ou ${code('0')} ; 50 % au plus.`,
    sureLoss: 'Les montants seront vendus même là où la boutique y perd. Sûr ?',
    person: ({ name, role, own, ofRole, belowCost }) =>
      lines(
        rich`${bold(nameText(name))} · ${W.role[role]}`,
        own === null ? rich`Paie le prix du rôle : ${rule(ofRole)}` : rich`Prix personnel : ${rule(own)}`,
        belowCost ? 'À cette personne, aussi à perte.' : null,
      ),
    noSuchPerson: 'Il n’y a pas d’agent ni de client de ce numéro.',
  },

  pause: {
    paused: (words) =>
      lines(
        'Les ventes sont en pause. Les commandes en cours continuent, et vous pouvez encore acheter.',
        words === '' ? null : `Les acheteurs lisent : ${quoted(words)}`,
        '/resume reprend les ventes.',
      ),
    tooLong: (most) => `⚠️ ${most} caractères au plus. Rien n’a changé.`,
    pausedBy: (who, words) =>
      lines(
        `⚠️ ${nameText(who)} a suspendu les ventes.`,
        words === '' ? null : `Les acheteurs lisent : ${quoted(words)}`,
        'Reprendre : /resume',
      ),
    resumedBy: (who) => `✅ ${nameText(who)} a repris les ventes.`,
    resumed: 'Les ventes reprennent.',
    notPaused: 'Les ventes n’étaient pas en pause.',
  },
  threshold: {
    set: (amount) => rich`Vous serez prévenu quand le crédit de la boutique passe sous ${bold(da(amount))}.`,
    none: 'Vous n’êtes pas prévenu du crédit de la boutique.',
    usage: rich`Pour le fixer : ${code('/threshold 5000')}. Sans alerte : ${code('/threshold 0')}.`,
    wrong: (fault) =>
      rich`⚠️ ${W.amountFaults[fault]} Par exemple ${code('/threshold 5000')} ; ${code('/threshold 0')} pour aucune alerte.`,
  },

  orders: {
    title: (list) =>
      bold(
        typeof list === 'string'
          ? {
              all: 'Toutes les commandes',
              open: 'Commandes ouvertes',
              today: 'Commandes d’aujourd’hui',
            }[list]
          : 'state' in list
            ? `Commandes : ${W.states[list.state]}`
            : 'line' in list
              ? `Commandes de ${groupLine(list.line)}`
              : `Commandes de ${nameText(list.person)}`,
      ),
    row: (o, mark, isToday) =>
      rich`${mark} ${o.no} · ${lineText(L, o.line)} · ${da(o.value)} · ${nameText(o.buyerName)} · ${(isToday ? clockTime : dateTime)(L, o.confirmedAt)}`,
    none: 'Il n’y en a pas.',
    which: 'De qui s’agit-il ?',
    whichState: 'Commandes dans quel état ?',
    notUnderstood: rich`⚠️ Je ne connais ni cette ligne ni cette personne. Par exemple ${code('/orders 036362608')} ou ${code('/orders @nadia')}.`,
    usage: rich`Ajoutez le numéro de la commande : ${code('/order 1042')}`,
    noSuch: 'Il n’y a pas de commande de ce numéro.',
  },

  story: {
    head: (o, mark) =>
      lines(
        rich`${mark} ${bold(`Commande n° ${o.no} : ${W.states[o.state.name]}`)}`,
        rich`${o.service} · ${lineText(L, o.line)} · ${da(o.value)}`,
        rich`Par ${nameText(o.buyerName)} (${code(o.buyer)}), ${W.role[o.role]}`,
        rich`Prix ${da(o.price)} · coût ${da(o.cost)}${o.state.name === 'fulfilled' ? rich` · marge ${signed(L, subtract(o.price, o.cost))} DA` : ''}`,
        rich`Notre référence : ${code(o.ref)}`,
      ),
    provider: (id) => rich`Chez le fournisseur : ${code(id)}`,
    transaction: (no) => rich`N° de transaction : ${code(no)}`,
    day: (at) => bold(dayText(L, at)),
    state: (at, name, by, why) =>
      rich`${toTheSecond(at)} ${W.states[name]}${by === null ? '' : rich`, par ${nameText(by)}`}${why === null ? '' : ` : ${quoted(why)}`}`,
    call: (at, lastAt, times, call, came, id) =>
      rich`${toTheSecond(at)} ${W.calls[call]}${times === 1 ? '' : ` ${times} fois, jusqu’à ${toTheSecond(lastAt)}`} : ${W.came[came]}${id === null ? '' : rich` · ${code(id)}`}`,
    entry: (at, kind, amount) => rich`${toTheSecond(at)} argent ${W.entries[kind]} : ${da(amount)}`,
    proving: '⚠️ Le fournisseur la dit rechargée, mais n’a pas encore montré de code.',
    left: (count) => `(${count} lignes ne sont pas montrées ici)`,
  },

  verdict: {
    why: (sure) =>
      lines(sure, 'Écrivez en quelques mots comment vous le savez. C’est conservé avec votre nom.'),
    noReason: '⚠️ Il faut une raison : écrivez comment vous savez de quelle façon la commande a fini.',
    reason: (reason) => `Raison : ${quoted(reason)}`,
  },

  today: {
    title: (from) => rich`${bold('Aujourd’hui')}, ${dayText(L, from)}`,
    sold: ({ count, value }) => `Rechargées : ${count} · ${da(value)}`,
    money: ({ revenue, cost, margin }) =>
      lines(`Recette : ${da(revenue)}`, `Coût : ${da(cost)}`, rich`Marge : ${bold(signed(L, margin))} DA`),
    byRole: (role, of) => sums(W.roles[role], of),
    returned: (count) => `Montants rendus : ${count}`,
    open: ({ count, held }) => `Commandes ouvertes : ${count}, ${da(held)} réservés`,
    paused: (at) => `⚠️ Les ventes sont en pause depuis le ${dateTime(L, at)}. /resume les reprend.`,
  },

  audit: {
    note: frNote,
    title: bold('Ce qui a été fait'),
    none: 'Rien encore.',
    line: (facts) => auditLine(L, W.what, facts),
    file: (count) => `${count} lignes, les plus récentes d’abord.`,
    fileFailed: '⚠️ Le fichier n’a pas pu être envoyé. Réessayez dans un instant.',
  },
  sheet: {
    columns: ['quand', 'qui', 'qui (numéro)', 'quoi', 'sujet', 'sujet (numéro)', 'pourquoi'],
    what: (what) => W.what[what],
    bot: 'le bot',
  },

  watched: {
    late: (no, since) =>
      `⚠️ La commande n° ${no} est programmée depuis plus de 48 heures, depuis le ${dateTime(L, since)}. Le montant est réservé.`,
    over: (no, end, by) =>
      lines(
        `✅ La commande n° ${no}, qui était à surveiller, est finie : ${W.ends[end]}.`,
        by === null ? null : `Réglée par ${nameText(by)}.`,
      ),
  },

  incident: (alert) => {
    switch (alert.kind) {
      case 'access-back':
        return '✅ Le fournisseur accepte à nouveau la clé et cette adresse. Les ventes continuent.';
      case 'provider-down':
        return `⚠️ Le fournisseur ne répond plus depuis ${clockTime(L, alert.since)}. Les commandes ouvertes attendent, rien n’est perdu.`;
      case 'provider-back':
        return `✅ Le fournisseur répond à nouveau ; il était absent depuis ${clockTime(L, alert.since)}.`;
      case 'credit-low':
        return `⚠️ Le crédit de la boutique est de ${da(alert.credit)}, sous vos ${da(alert.threshold)}. Rechargez-le.`;
      case 'credit-back':
        return `✅ Le crédit de la boutique est à nouveau de ${da(alert.credit)}, au-dessus de vos ${da(alert.threshold)}.`;
      case 'unsold':
        return `⚠️ ${whoPays(W.roles, alert.terms)} : rien n’a pu être vendu, car à ce prix tout le stock partirait à perte. Changez-le : /prices.`;
      case 'shop-back':
        return `✅ Le crédit de la boutique est de ${da(alert.credit)} : il couvre de nouveau les achats qui ont été refusés.`;
    }
  },
};
