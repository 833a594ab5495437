// An agent gives a customer credit out of the own wallet.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, letIn, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const OTHER_AGENT = 23;
const balance = async (person: number): Promise<number> =>
  (await counter.cases.accounts.balance(person)).balance / 100;

describe('/transfer', () => {
  it('is confirmed, moves the money, and tells both', async () => {
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer @nadia 500', AGENT);
    expect(counter.text(AGENT)).toBe(
      'Donner 500 DA de votre portefeuille à Nadia (@nadia) ?\nVotre solde : 2 000 DA, puis 1 500 DA',
    );
    expect(counter.labels(AGENT)).toEqual(['[✅ Donner 500 DA]', '[Annuler]']);
    await counter.press('Donner 500 DA', AGENT);
    expect(counter.text(AGENT)).toBe('✅ 500 DA sont donnés à Nadia (@nadia).\nVotre solde : 1 500 DA');
    expect(counter.text(CUSTOMER)).toBe('✅ Karim put 500 DA on your wallet.\nBalance: 500 DA');
    expect([await balance(AGENT), await balance(CUSTOMER)]).toEqual([1500, 500]);
  });

  it('asks the amount, and again when it is none', async () => {
    await fill(counter, AGENT, 2000);
    await counter.say(`/transfer ${CUSTOMER}`, AGENT);
    await counter.say('-5', AGENT);
    expect(counter.text(AGENT)).toContain('supérieur à zéro');
    await counter.say('500', AGENT);
    await counter.press('Donner 500 DA', AGENT);
    expect(await balance(CUSTOMER)).toBe(500);
  });

  it('pressed twice moves once', async () => {
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer @nadia 500', AGENT);
    const { id, keyboard } = counter.last(AGENT);
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Donner 500 DA', AGENT);
    void counter.telegram.pressStale(AGENT, AGENT, id, data);
    await counter.handle();
    expect(counter.text(AGENT)).toContain('C’était déjà fait');
    expect(await balance(CUSTOMER)).toBe(500);
  });

  it('gives no more than there is, with the credit that an owner grants', async () => {
    await fill(counter, AGENT, 300);
    await counter.say('/transfer @nadia 500', AGENT);
    expect(counter.text(AGENT)).toContain('vous pouvez donner au plus 300 DA');
    await counter.cases.members.setCeiling(OWNER, AGENT, dinars(1000));
    await counter.say('/transfer @nadia 500', AGENT);
    await counter.press('Donner 500 DA', AGENT);
    expect([await balance(AGENT), await balance(CUSTOMER)]).toEqual([-200, 500]);
  });

  it('gives nothing, and no amount below zero, after the credit was lowered below what is used', async () => {
    await counter.cases.members.setCeiling(OWNER, AGENT, dinars(1000));
    await counter.say('/transfer @nadia 900', AGENT);
    await counter.press('Donner 900 DA', AGENT);
    await counter.cases.members.setCeiling(OWNER, AGENT, dinars(200));
    await counter.say('/transfer @nadia 100', AGENT);
    expect(counter.text(AGENT)).toContain('vous pouvez donner au plus 0 DA');
    await counter.say(`/correct ${AGENT} -100 counted twice`);
    await counter.press('-100 DA');
    expect(counter.text()).toContain('0 DA at the most can be taken');
    expect(counter.text()).not.toContain('-700');
    expect([await balance(AGENT), await balance(CUSTOMER)]).toEqual([-900, 900]);
  });

  it('says so when the money went elsewhere between question and answer', async () => {
    await fill(counter, AGENT, 500);
    await counter.say('/transfer @nadia 500', AGENT);
    await counter.shop.buy({
      buyer: AGENT,
      role: 'agent',
      chatId: AGENT,
      value: dinars(500),
      price: dinars(500),
    });
    await counter.press('Donner 500 DA', AGENT);
    expect(counter.text(AGENT)).toContain('Rien n’a bougé : vous pouvez donner au plus 0 DA');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it.each([
    [`/transfer ${AGENT} 500`, 'votre propre portefeuille'],
    [`/transfer ${OTHER_AGENT} 500`, 'seulement à un client'],
    ['/transfer 555 500', 'Personne dans cette boutique'],
    [`/transfer ${OWNER} 500`, 'Personne dans cette boutique'],
    ['/transfer', '/transfer @nadia 500'],
  ])('%s: %s', async (text, words) => {
    await letIn(counter, { id: OTHER_AGENT, name: 'Salim', role: 'agent' });
    await fill(counter, AGENT, 2000);
    await counter.say(text, AGENT);
    expect(counter.text(AGENT)).toContain(words);
    expect(await balance(AGENT)).toBe(2000);
  });

  it('alone offers those she gave to last, and goes on with the one that is pressed', async () => {
    await letIn(counter, { id: 24, name: 'Sam', role: 'customer' });
    await letIn(counter, { id: 25, name: 'Gone', role: 'customer' });
    await fill(counter, AGENT, 2100);
    for (const person of [25, CUSTOMER, 24, CUSTOMER]) {
      const { accounts } = counter.cases;
      await accounts.transfer(accounts.newMove(), AGENT, person, dinars(10));
    }
    await counter.cases.members.remove(OWNER, 25);
    await counter.say('/transfer', AGENT);
    expect(counter.text(AGENT)).toBe('À quel client ?\nEnvoyez par exemple : /transfer @nadia 500');
    expect(counter.labels(AGENT)).toEqual(['[Nadia] [Sam]', '[Annuler]']);
    await counter.press('Sam', AGENT);
    await counter.say('500', AGENT);
    await counter.press('Donner 500 DA', AGENT);
    expect(await balance(24)).toBe(510);
  });

  it('shows an example that is not herself', async () => {
    await letIn(counter, { id: 26, name: 'Nadia', username: 'nadia', role: 'agent' });
    await counter.say('/transfer', 26);
    expect(counter.text(26)).toContain('/transfer @karim 500');
  });

  it('understands the whole name of a customer, and of those she gave to any piece', async () => {
    await letIn(counter, { id: 24, name: 'Sam Benali', role: 'customer' });
    await letIn(counter, { id: 27, name: 'Samia', role: 'customer' });
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer Sam 500', AGENT);
    expect(counter.text(AGENT)).toContain('Personne dans cette boutique');
    await counter.say('/transfer sam benali 500', AGENT);
    await counter.press('Donner 500 DA', AGENT);
    expect(await balance(24)).toBe(500);
    await counter.say('/transfer Sam 1 000', AGENT);
    expect(counter.text(AGENT)).toContain('Donner 1 000 DA de votre portefeuille à Sam Benali (24)');
    await counter.say('/transfer Karim 500', AGENT);
    expect(counter.text(AGENT)).toContain('Personne dans cette boutique');
  });

  it('several with the same name are chosen from, and the amount goes with them', async () => {
    for (const id of [24, 27]) await letIn(counter, { id, name: 'Sam', role: 'customer' });
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer Sam 500', AGENT);
    expect(counter.labels(AGENT)).toEqual(['[Sam (24)]', '[Sam (27)]', '[Annuler]']);
    await counter.press('Sam (27)', AGENT);
    await counter.press('Donner 500 DA', AGENT);
    expect([await balance(24), await balance(27)]).toEqual([0, 500]);
  });

  it('is for agents: customers and owners hear what is theirs to do', async () => {
    await fill(counter, CUSTOMER, 500);
    await counter.say(`/transfer ${AGENT} 100`, CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('Only an agent can give credit');
    await counter.say('/transfer @nadia 100');
    expect(counter.text()).toContain('/deposit');
  });

  it('an agent frozen or made a customer in between moves nothing', async () => {
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer @nadia 500', AGENT);
    await counter.cases.members.setFrozen(OWNER, AGENT, true);
    await counter.press('Donner 500 DA', AGENT);
    expect(counter.text(AGENT)).toContain('fermé pour le moment');
    await counter.cases.members.setFrozen(OWNER, AGENT, false);
    await counter.say('/transfer @nadia 500', AGENT);
    await counter.cases.members.setRole(OWNER, AGENT, 'customer');
    await counter.press('Donner 500 DA', AGENT);
    expect(counter.text(AGENT)).toContain('Seul un agent');
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('is refused a day later', async () => {
    await fill(counter, AGENT, 2000);
    await counter.say('/transfer @nadia 500', AGENT);
    counter.shop.clock.pass(25 * 3_600_000);
    await counter.press('Donner 500 DA', AGENT);
    expect(counter.text(AGENT)).toContain('trop ancienne');
    expect(await balance(CUSTOMER)).toBe(0);
  });
});
