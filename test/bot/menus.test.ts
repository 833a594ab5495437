// Command menus per scope and language, published only when they changed.

import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishMenuFor, publishMenus } from '../../src/bot/menus.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';
import { declareShop } from '../overheard/ear.ts';

let telegram: TelegramStandIn;
let api: Api;
beforeEach(async () => {
  telegram = await startTelegramStandIn();
  api = new Api(telegram.token, { apiRoot: telegram.apiRoot });
  telegram.addPerson({ id: 7, firstName: 'Owner', languageCode: 'fr' });
  telegram.addPerson({ id: 8, firstName: 'Somebody', languageCode: 'de' });
});
afterEach(() => telegram.close());

const published = (): number => telegram.calls.filter(({ method }) => method === 'setMyCommands').length;
const namesFor = (person: number, chatId: number): string[] =>
  telegram.commandsFor(person, chatId).map(({ command }) => command);
const firstFor = (person: number, chatId: number): string | undefined =>
  telegram.commandsFor(person, chatId)[0]?.description;

describe('the menus', () => {
  it('speak the language of the client, and the shop’s for everybody else', async () => {
    await publishMenus(api, 'ar');
    telegram.start(7);
    telegram.start(8);
    expect(firstFor(7, 7)).toBe('Recharger une ligne');
    expect(firstFor(8, 8)).toBe('شحن خط');
  });

  it('offer in a group what is fit for a group', async () => {
    await publishMenus(api, 'fr');
    const group = telegram.addGroup({ title: 'Counter', memberIds: [8, 7] });
    expect(namesFor(7, group)).toEqual(['topup', 'balance', 'history', 'status', 'cancel', 'help']);
    expect(telegram.commandsFor(7, group).filter((one) => one.is_ephemeral)).toMatchObject([
      { command: 'balance' },
    ]);
    telegram.start(7);
    expect(namesFor(7, 7)).toEqual([
      ...['topup', 'balance', 'deposit', 'statement'],
      ...['history', 'status', 'language', 'cancel', 'help'],
    ]);
  });

  it('offer /allow to those who run a group: it is where an owner says it', async () => {
    await publishMenus(api, 'fr');
    const group = telegram.addGroup({ title: 'Counter', memberIds: [7, 8], adminIds: [7] });
    expect(namesFor(7, group)).toEqual([...namesFor(8, group), 'allow']);
    const said = telegram.commandsFor(7, group).find(({ command }) => command === 'allow');
    expect(said?.description).toBe('Servir dans ce groupe');
  });

  it('are published once, and again only in what changed', async () => {
    await publishMenus(api, 'fr');
    const all = published();
    expect(all).toBe(12);
    await publishMenus(api, 'fr');
    expect(published()).toBe(all);
    await publishMenus(api, 'ar');
    expect(published()).toBe(all + 3);
  });

  it('follow the language that a person chose', async () => {
    await publishMenus(api, 'fr');
    telegram.start(7);
    await publishMenuFor(api, 7, 'en');
    expect(firstFor(7, 7)).toBe('Recharge a line');
    await publishMenuFor(api, 7, 'en');
    expect(published()).toBe(13);
  });

  it('are those of the person’s role, and everybody’s again for whoever lost it', async () => {
    await publishMenus(api, 'fr');
    telegram.start(7);
    await publishMenuFor(api, 7, 'en', 'agent');
    expect(namesFor(7, 7)).toContain('transfer');
    await publishMenuFor(api, 7, 'en', 'customer');
    expect(namesFor(7, 7)).not.toContain('transfer');
    declareShop(telegram.apiRoot, { owners: [7] });
    await publishMenuFor(api, 7, 'en', 'owner');
    for (const name of [
      'people',
      'invite',
      'prices',
      'orders',
      'today',
      'groups',
      'pause',
      'resume',
      'audit',
    ])
      expect(namesFor(7, 7)).toContain(name);
    await publishMenuFor(api, 7, 'en', null);
    expect(firstFor(7, 7)).toBe('Recharger une ligne');
    expect(namesFor(7, 7)).not.toContain('people');
  });

  it('of owners are published at the start; one who never opened the chat keeps nobody from theirs', async () => {
    telegram.start(7);
    const owners = [
      { id: 404, language: 'en' },
      { id: 7, language: 'ar' },
    ] as const;
    declareShop(telegram.apiRoot, { owners: owners.map(({ id }) => id) });
    await publishMenus(api, 'fr', owners);
    expect(firstFor(7, 7)).toBe('شحن خط');
    expect(namesFor(7, 7)).toContain('people');
    const all = published();
    await publishMenus(api, 'fr', owners);
    expect(published()).toBe(all);
  });

  it('of owners are tried again when Telegram is away', async () => {
    telegram.start(7);
    declareShop(telegram.apiRoot, { owners: [7] });
    await publishMenus(api, 'fr');
    telegram.faultNext({ method: 'setMyCommands', fault: { kind: 'status', code: 502, description: 'x' } });
    await expect(publishMenus(api, 'fr', [{ id: 7, language: 'en' }])).rejects.toThrow();
  });
});
