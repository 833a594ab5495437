// `/prices` for owners: what each value costs, what each role pays and what stays with the shop; and the rules behind it,
// by role and by person.
//
//   Prices
//   ADSL / Fibre
//   1 000 DA: cost 980 DA
//   Agents 990 DA (+10) · Customers 1 000 DA (+20)
//   Agents pay -1%; customers pay the amount itself.
//     [ Price of agents ]  [ Price of customers ]
//     [ Allow sales below cost ]

import type { Catalog } from '../app/catalog.ts';
import type { HouseRules } from '../app/house.ts';
import { ProviderFault, type Offer, type Store } from '../app/ports.ts';
import { pricedBy, priceRows } from '../app/prices.ts';
import type { Members } from '../app/members.ts';
import { readRule } from '../domain/pricing.ts';
import type { Service } from '../domain/service.ts';
import type { GivenRole, House, Member } from '../domain/shop.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature } from './feature.ts';
import { leaveQuestion } from './question.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';

const SERVICES: readonly Service[] = ['ADSL', '4G'];

/** What is in stock by service; null when the provider does not say. */
type Shelves = readonly { readonly service: Service; readonly offers: readonly Offer[] }[] | null;

const roleOf = (word: string | undefined): GivenRole | undefined =>
  word === 'agent' || word === 'customer' ? word : undefined;

export function createShopPrices(deps: {
  stage: Stage;
  house: HouseRules;
  members: Members;
  store: Pick<Store, 'record'>;
  catalog: Catalog;
}): Feature {
  const { stage, house, members, store, catalog } = deps;
  const t = (ctx: BotContext) => deskSentences(ctx.language);

  async function shelves(): Promise<Shelves> {
    try {
      return await Promise.all(
        SERVICES.map(async (service) => ({ service, offers: await catalog.menu(service) })),
      );
    } catch (error) {
      if (error instanceof ProviderFault) return null;
      throw error;
    }
  }

  /** The shelves as lines, one or more for each offer. */
  function shelfLines(ctx: BotContext, stock: Shelves, draw: (offer: Offer) => Rich[]): (Rich | string)[] {
    const s = t(ctx).prices;
    if (stock === null) return [s.away];
    const filled = stock.filter(({ offers }) => offers.length > 0);
    if (filled.length === 0) return [s.nothing];
    return filled.flatMap(({ service, offers }) => [s.service(service), ...offers.flatMap(draw)]);
  }

  const button = (ctx: BotContext, text: string, verb: string, words: readonly (string | number)[] = []) =>
    featureButton(text, senderOf(ctx), verb, words);

  async function board(ctx: BotContext): Promise<View> {
    const [now, stock] = await Promise.all([house.now(), shelves()]);
    const { prices: s, buttons: b } = t(ctx);
    const drawn = shelfLines(ctx, stock, (offer) => rowOf(ctx, now, offer));
    const loss = now.belowCost
      ? button(ctx, b.forbidLoss, 'hloss', ['never'])
      : button(ctx, b.allowLoss, 'hloss', ['ask']);
    return {
      text: lines(
        s.title,
        ...drawn,
        s.rules(now.rules.agent, now.rules.customer),
        s.belowCost(now.belowCost),
      ),
      rows: [
        [
          button(ctx, b.ruleOf('agent'), 'hrule', ['agent']),
          button(ctx, b.ruleOf('customer'), 'hrule', ['customer']),
        ],
        [loss],
      ],
    };
  }

  function rowOf(ctx: BotContext, now: House, offer: Offer): Rich[] {
    const s = t(ctx).prices;
    return priceRows(now, [offer]).flatMap(({ value, cost, agent, customer }) => [
      lines(s.row(value, cost, Math.min(agent.margin, customer.margin) < 0)),
      lines(s.roles(agent, customer)),
    ]);
  }

  /** An agent or a customer, as the record has them; undefined for anybody else. */
  async function member(id: number | undefined): Promise<(Member & { role: GivenRole }) | undefined> {
    const found = id === undefined ? undefined : await store.record('member', id);
    return found === undefined || found.role === null ? undefined : { ...found, role: found.role };
  }

  async function personView(ctx: BotContext, id: number | undefined): Promise<View> {
    const [person, now, stock] = await Promise.all([member(id), house.now(), shelves()]);
    const { prices: s, buttons: b } = t(ctx);
    if (person === undefined) return { text: s.noSuchPerson };
    const { role, name, rule: own, belowCost } = person;
    const ofRole = now.rules[role];
    const drawn = shelfLines(ctx, stock, (offer) => [
      lines(s.one(offer.value, pricedBy(own ?? ofRole, offer, belowCost || now.belowCost))),
    ]);
    const loss = belowCost
      ? button(ctx, b.forbidLoss, 'hploss', [person.id, 'never'])
      : button(ctx, b.allowLoss, 'hploss', [person.id, 'ask']);
    return {
      text: lines(s.person({ name, role, own, ofRole, belowCost }), ...drawn),
      rows: [
        [button(ctx, b.setOwn, 'hpset', [person.id])],
        own === null ? [] : [button(ctx, b.clearOwn, 'hpclear', [person.id])],
        [loss],
        // Nobody comes here but from the person's card.
        [button(ctx, b.back, 'pcard', [person.id])],
      ],
    };
  }

  const redrawBoard = async (ctx: BotContext): Promise<void> => stage.redraw(ctx, await board(ctx));
  const redrawPerson = async (ctx: BotContext, id: number | undefined): Promise<void> =>
    stage.redraw(ctx, await personView(ctx, id));

  const question = (ctx: BotContext, who: Rich | string, back: NonNullable<View['rows']>[number]): View => ({
    text: lines(who, t(ctx).prices.examples),
    rows: [[...back]],
  });

  /** A second yes before the shop may lose money. */
  const sure = (
    ctx: BotContext,
    yes: [string, readonly (string | number)[]],
    no: [string, readonly number[]],
  ): View => ({
    text: t(ctx).prices.sureLoss,
    rows: [
      [featureButton(t(ctx).buttons.sureLoss, senderOf(ctx), yes[0], yes[1], 'danger')],
      [button(ctx, t(ctx).buttons.back, no[0], no[1])],
    ],
  });

  async function askRole(ctx: BotContext, role: GivenRole | undefined): Promise<void> {
    if (role === undefined) return stage.toast(ctx);
    const view = question(ctx, t(ctx).prices.askRole(role), [button(ctx, t(ctx).buttons.back, 'hprices')]);
    await stage.ask(ctx, { verb: 'hrule', words: [role] }, view);
  }

  async function askPerson(ctx: BotContext, id: number | undefined): Promise<void> {
    const person = await member(id);
    if (person === undefined) return redrawPerson(ctx, id);
    const back = [button(ctx, t(ctx).buttons.back, 'hprice', [person.id])];
    const view = question(ctx, t(ctx).prices.askPerson(person.name), back);
    await stage.ask(ctx, { verb: 'hpset', words: [String(person.id)] }, view);
  }

  async function setRole(ctx: BotContext, role: GivenRole | undefined, text: string): Promise<Answered> {
    const rule = readRule(text);
    if (rule === undefined) return { again: { text: t(ctx).prices.wrong } };
    if (role !== undefined) await house.setRule(senderOf(ctx), role, rule);
    await stage.say(ctx, await board(ctx));
    return 'done';
  }

  async function setPerson(ctx: BotContext, id: number | undefined, text: string): Promise<Answered> {
    const rule = readRule(text);
    if (rule === undefined) return { again: { text: t(ctx).prices.wrong } };
    const person = await member(id);
    if (person !== undefined) await members.setPrice(senderOf(ctx), person.id, { rule });
    await stage.say(ctx, await personView(ctx, id));
    return 'done';
  }

  async function loss(ctx: BotContext, word: string | undefined): Promise<void> {
    if (word === 'ask') return stage.redraw(ctx, sure(ctx, ['hloss', ['yes']], ['hprices', []]));
    await house.setBelowCost(senderOf(ctx), word === 'yes');
    await redrawBoard(ctx);
  }

  async function personLoss(
    ctx: BotContext,
    id: number | undefined,
    word: string | undefined,
  ): Promise<void> {
    const person = await member(id);
    if (person === undefined) return redrawPerson(ctx, id);
    if (word === 'ask')
      return stage.redraw(ctx, sure(ctx, ['hploss', [person.id, 'yes']], ['hprice', [person.id]]));
    await members.setPrice(senderOf(ctx), person.id, { belowCost: word === 'yes' });
    await redrawPerson(ctx, id);
  }

  async function clear(ctx: BotContext, id: number | undefined): Promise<void> {
    const person = await member(id);
    if (person !== undefined) await members.setPrice(senderOf(ctx), person.id, { rule: null });
    await redrawPerson(ctx, id);
  }

  /** Back from a question: nobody waits for a price any more. */
  const left = async (ctx: BotContext, redraw: () => Promise<void>): Promise<void> => {
    await leaveQuestion(ctx);
    await redraw();
  };

  return {
    ownerCommands: { prices: async (ctx) => stage.say(ctx, await board(ctx)) },
    ownerPresses: {
      hprices: (ctx) => left(ctx, () => redrawBoard(ctx)),
      hrule: (ctx, [role]) => askRole(ctx, roleOf(role)),
      hloss: (ctx, [word]) => loss(ctx, word),
      hprice: (ctx, [id]) => left(ctx, () => redrawPerson(ctx, idOf(id))),
      hpset: (ctx, [id]) => askPerson(ctx, idOf(id)),
      hpclear: (ctx, [id]) => clear(ctx, idOf(id)),
      hploss: (ctx, [id, word]) => personLoss(ctx, idOf(id), word),
    },
    ownerAnswers: {
      hrule: (ctx, [role], { text }) => setRole(ctx, roleOf(role), text),
      hpset: (ctx, [id], { text }) => setPerson(ctx, idOf(id), text),
    },
  };
}
