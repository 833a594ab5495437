// The menus offer every command to whoever it works for, where it works, and to nobody else.

import { beforeEach, describe, expect, it } from 'vitest';
import { publishMenuFor, publishMenus } from '../../src/bot/menus.ts';
import type { Role } from '../../src/domain/shop.ts';
import { LANGUAGES, sentences } from '../../src/i18n/index.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { fillShop, KARIM, NADIA } from './owners-only.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => fillShop(counter));

describe.each(LANGUAGES)('the menus in %s', (language) => {
  /** Commands that need no feature. */
  const PLAIN = ['topup', 'balance', 'history', 'status', 'language', 'cancel', 'help'];

  it('have every command where it works, and no other', async () => {
    const { telegram, features, bot } = counter;
    await publishMenus(bot.api, language);
    const shown = async (person: number, role: Role): Promise<string[]> => {
      await publishMenuFor(bot.api, person, language, role);
      const commands = telegram.commandsFor(person, person);
      for (const { command, description } of commands)
        expect(Object.entries(sentences(language).commands)).toContainEqual([command, description]);
      return commands.map(({ command }) => command).toSorted();
    };
    const { transfer, ...everybodys } = features.commands;
    expect(transfer).toBeDefined();
    const { allow, ...owners } = features.ownerCommands;
    expect(allow).toBeDefined();
    const customers = [...PLAIN, ...Object.keys(everybodys)];
    expect(await shown(NADIA, 'customer')).toEqual(customers.toSorted());
    expect(await shown(KARIM, 'agent')).toEqual([...customers, 'transfer'].toSorted());
    expect(await shown(OWNER, 'owner')).toEqual([...customers, ...Object.keys(owners)].toSorted());
    const group = telegram.addGroup({ title: 'G', memberIds: [OWNER, KARIM] });
    const inGroup = (person: number) => telegram.commandsFor(person, group).map(({ command }) => command);
    const served = PLAIN.filter((command) => command !== 'language');
    expect(inGroup(KARIM).toSorted()).toEqual(served.toSorted());
    expect(inGroup(OWNER).toSorted()).toEqual([...served, ...features.inGroups].toSorted());
  });
});
