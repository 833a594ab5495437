// What came into a wallet and went out of it, in the chat and as a file.

import { Bot } from 'grammy';
import { beforeEach, describe, expect, it } from 'vitest';
import { centimes, dinars } from '../../src/domain/money.ts';
import { createChat } from '../../src/bot/chat.ts';
import { createOutgoing, telegramClientOptions } from '../../src/bot/outgoing.ts';
import { walletFile } from '../../src/bot/wallet-file.ts';
import { walletsSentences } from '../../src/i18n/wallets/index.ts';
import { NOW, ref } from '../domain/an-order.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { forgeData } from './shop-desk.ts';
import { AGENT, CUSTOMER, fill, letIn, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

async function history(): Promise<void> {
  await fill(counter, AGENT, 2000);
  await fill(counter, CUSTOMER, 1000);
  const move = counter.cases.accounts.newMove();
  await counter.cases.accounts.transfer(move, AGENT, CUSTOMER, dinars(500));
  const correction = { by: OWNER, person: CUSTOMER, kind: 'correction', amount: dinars(-200) } as const;
  await counter.cases.accounts.byOwner(counter.cases.accounts.newMove(), {
    ...correction,
    reason: 'counted twice',
  });
  await counter.shop.buy({
    ...{ ref: ref('t7777777'), buyer: CUSTOMER, role: 'customer', chatId: CUSTOMER },
    price: dinars(1000),
  });
}

describe('/statement', () => {
  it('is not shown where others read along, though its button be made by hand there', async () => {
    await history();
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, CUSTOMER] });
    for (const verb of ['wmine', 'wfile'])
      await forgeData(counter, CUSTOMER, `d:${CUSTOMER.toString(36)}:${verb}`, group);
    expect(counter.messages(group)).toEqual([]);
  });

  it('lists what happened, newest first, with sign, date and running balance', async () => {
    await history();
    await counter.say('/statement', CUSTOMER);
    const when = '21 Nov 2026, 19:42';
    expect(counter.text(CUSTOMER).split('\n')).toEqual([
      'Your wallet',
      'Balance: 300 DA',
      'Held for orders under way: 1 000 DA',
      `-1 000 DA · order no. 1042 · ${when} · balance 300 DA`,
      `-200 DA · correction: counted twice · ${when} · balance 1 300 DA`,
      `+500 DA · from Karim · ${when} · balance 1 500 DA`,
      `+1 000 DA · deposit · ${when} · balance 1 000 DA`,
    ]);
    await counter.say('/statement', AGENT);
    expect(counter.text(AGENT)).toContain('-500 DA · à Nadia');
  });

  it('shows money that came back', async () => {
    await fill(counter, CUSTOMER, 1000);
    counter.shop.topups.sendings.push({ kind: 'refused', refusal: { reason: 'wrong-number' } });
    await counter.shop.buy({
      ...{ ref: ref('t7777777'), buyer: CUSTOMER, role: 'customer', chatId: CUSTOMER },
      price: dinars(1000),
    });
    await counter.shop.follow(ref('t7777777'));
    await counter.say('/statement', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('+1 000 DA · order no. 1042, money back');
    expect(counter.text(CUSTOMER)).toContain('Balance: 1 000 DA');
  });

  it('turns pages to the first entry and back, each with its own running balance', async () => {
    for (let count = 1; count <= 20; count += 1) await fill(counter, CUSTOMER, 100);
    await counter.say('/statement', CUSTOMER);
    expect(counter.text(CUSTOMER)).toMatch(/balance 1 300 DA$/);
    await counter.press('Older', CUSTOMER);
    expect(counter.text(CUSTOMER)).toMatch(/balance 500 DA$/);
    expect(counter.text(CUSTOMER)).toContain('Balance: 2 000 DA');
    await fill(counter, CUSTOMER, 100);
    await counter.press('Older', CUSTOMER);
    expect(counter.text(CUSTOMER)).toMatch(/balance 100 DA$/);
    expect(counter.labels(CUSTOMER)).toEqual(['[Latest]', '[As a file]']);
    await counter.press('Latest', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('Balance: 2 100 DA');
    expect(counter.labels(CUSTOMER)).toEqual(['[Older]', '[As a file]']);
  });

  it('is empty at first, and owners have none', async () => {
    await counter.say('/statement', CUSTOMER);
    expect(counter.text(CUSTOMER)).toBe('Your wallet\nBalance: 0 DA\nNothing has come in or gone out yet.');
    expect(counter.labels(CUSTOMER)).toEqual([]);
    await counter.say('/statement');
    expect(counter.text()).toContain('Owners spend the shop’s credit');
  });

  it('of somebody else is for owners alone', async () => {
    await history();
    await counter.say('/start');
    const { id } = counter.last();
    void counter.telegram.pressStale(OWNER, OWNER, id, `d:7:wstat:${CUSTOMER}`);
    await counter.handle();
    expect(counter.text()).toContain('Wallet of Nadia (@nadia)\nBalance: 300 DA');
    await counter.press('As a file');
    expect(counter.last()).toMatchObject({ media: 'document', fileName: `wallet-${CUSTOMER}.csv` });
    const before = counter.messages(AGENT).length;
    const at = counter.last(AGENT).id;
    for (const verb of ['wstat', 'wfileof']) {
      const data = `d:${AGENT.toString(36)}:${verb}:${CUSTOMER}`;
      void counter.telegram.pressStale(AGENT, AGENT, at, data);
      await counter.handle();
    }
    expect(counter.messages(AGENT)).toHaveLength(before);
  });

  it('of somebody is asked for by number, @name or name, by owners alone', async () => {
    await history();
    for (const text of ['/statement Nadia', '/statement @nadia', `/statement ${CUSTOMER}`]) {
      await counter.say(text);
      expect(counter.text()).toContain('Wallet of Nadia (@nadia)\nBalance: 300 DA');
      expect(counter.labels()).toEqual(['[As a file]', '[Open the card]']);
    }
    await letIn(counter, { id: 31, name: 'Nadia Ben Salah', role: 'customer' });
    await counter.say('/statement Nadia');
    expect(counter.text()).toContain('Several people are called that. Whose wallet?');
    await counter.press('Nadia Ben Salah');
    expect(counter.text()).toContain('Wallet of Nadia Ben Salah (31)\nBalance: 0 DA');
    await counter.say('/statement ghost');
    expect(counter.text()).toContain('Nobody at this shop has that number or name');
    await counter.say('/statement @nadia', AGENT);
    expect(counter.text(AGENT)).toContain('Votre portefeuille');
  });

  it('speaks Arabic, each line from an Arabic word', async () => {
    await letIn(counter, { id: 30, name: 'سمير', role: 'customer', languageCode: 'ar' });
    await counter.say('/start', 30);
    await fill(counter, 30, 1000);
    await counter.say('/statement', 30);
    expect(counter.text(30)).toContain('إيداع: +1 000 دج');
  });
});

describe('the file', () => {
  it('comes on demand, and a failure is said', async () => {
    await history();
    await counter.say('/statement', CUSTOMER);
    await counter.press('As a file', CUSTOMER);
    expect(counter.last(CUSTOMER)).toMatchObject({ media: 'document', fileName: `wallet-${CUSTOMER}.csv` });
    counter.telegram.faultNext({
      method: 'sendDocument',
      fault: { kind: 'status', code: 500, description: 'Internal Server Error' },
    });
    await counter.press('As a file', CUSTOMER);
    expect(counter.text(CUSTOMER)).toContain('could not be sent');
  });

  it('passes through the client that keeps Telegram’s limits', async () => {
    const { telegram, shop } = counter;
    const outgoing = createOutgoing({
      ...{ fetch: globalThis.fetch, clock: shop.clock.now, log: { warn: () => undefined } },
      sleep: () => Promise.resolve(),
    });
    const { api } = new Bot(telegram.token, { client: telegramClientOptions(telegram.apiRoot, outgoing) });
    const chat = createChat({ api, sandbox: () => true, malformed: (method) => expect.fail(method) });
    const place = { chatId: CUSTOMER, threadId: null };
    const file = { name: 'wallet.csv', content: 'Date\r\n' };
    expect(await chat.document(place, 'en', file, { text: 'Wallet' })).toMatchObject({ ok: true });
    expect(counter.last(CUSTOMER)).toMatchObject({ fileName: 'wallet.csv' });
    expect(counter.text(CUSTOMER)).toBe('SANDBOX · nothing is really recharged\nWallet');
    expect(await chat.photo(place, 'en', Buffer.from('png'), { text: 'Code' })).toMatchObject({ ok: true });
    expect(counter.last(CUSTOMER)).toMatchObject({ media: 'photo' });
    telegram.block(CUSTOMER);
    expect(await chat.photo(place, 'en', 'playground-photo-1', { text: 'Code' })).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  });

  it('is made like every file of the shop: a mark, semicolons, headings in the language, plain numbers', () => {
    const rows = [
      { at: NOW, kind: 'deposit', no: null, amount: dinars(2000), balance: dinars(2000), note: '' },
      { at: NOW, kind: 'hold', no: 1042, amount: centimes(-98_050), balance: dinars(1020), note: '' },
    ] as const;
    expect(walletFile(walletsSentences('fr'), rows)).toBe(
      '\uFEFFDate;Opération;Commande n°;Montant (DA);Solde (DA);Remarque\r\n' +
        '2026-11-21 19:42;Dépôt;;2000;2000;\r\n' +
        '2026-11-21 19:42;Commande;1042;"-980,50";1020;\r\n',
    );
    expect(walletFile(walletsSentences('ar'), [])).toContain('التاريخ;العملية');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+33', "'+33"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' -cmd', "' -cmd"],
    ['\u200E=1', "'=1"],
    ['one; two', '"one; two"'],
    ['two, or "three"', '"two, or ""three"""'],
    ['a\nb', '"a\nb"'],
  ])('%j can’t be taken for a formula or a new cell', (note, cell) => {
    const row = {
      at: NOW,
      kind: 'correction',
      no: null,
      amount: dinars(-1),
      balance: dinars(0),
      note,
    } as const;
    expect(walletFile(walletsSentences('en'), [row])).toContain(`;-1;0;${cell}\r\n`);
  });
});
