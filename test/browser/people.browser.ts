// The shop's people, each in a window of their own: an agent on her wallet, a customer who is short of money, a stranger
// who is let in. What one of them presses, the other sees.
import { afterEach, expect, it } from 'vitest';
import { arabic, english, french, guest, type PlaygroundPerson } from '../../src/playground/people.ts';
import { oneWindow, type OneWindow } from './one-window.ts';
import { openWindow, type Window } from './window.ts';

let here: OneWindow;
let samir: Window;
let other: Window | undefined;
oneWindow(arabic, (opened) => {
  here = opened;
  samir = opened.window;
});
afterEach(() => other?.close());

/** The window of somebody else. */
async function windowOf(person: PlaygroundPerson): Promise<Window> {
  other = await openWindow(here.browser, here.play.url, { as: person });
  await other.meet();
  return other;
}

const pay = (window: Window) => window.page.locator('.key.success').last();

it('shows an agent her price and her balance, and takes the one from the other', async () => {
  const nadia = await windowOf(french);
  await nadia.write('036160001');
  await nadia.press(/1.000.*\(990/u);
  await nadia.sees(/Vous payez : 990.*\s+Solde : 5.000.*puis 4.010/u);
  await nadia.shot('people-1280-agent-confirms');
  await pay(nadia).click();
  await nadia.sees(/✅.*rechargée\./u);
  await nadia.write('/balance');
  await nadia.sees(/Solde : 4.010/u);
  expect((await nadia.messages.allInnerTexts()).join()).not.toMatch(/980|12.450|11.470/u);
});

it('lets a customer who is short of money ask for it, and brings the purchase back once it is granted', async () => {
  const sam = await windowOf(english);
  await sam.write('/topup 036160002 5000');
  await sam.sees(/2.500.*short/u);
  await sam.shot('people-1280-customer-short');
  await sam.press(/Ask the shop for 2.500/u);
  await samir.sees(/Sam.*2.500/u);
  await samir.shot('people-1280-owner-is-asked');
  await pay(samir).click();
  await sam.sees(/Balance: 5.000.*then 0/u);
  await sam.shot('people-1280-customer-comes-back');
  await pay(sam).click();
  await sam.sees(/✅.*recharged\./u);
  expect(here.play.provider.orders().filter(({ number }) => number === '036160002')).toHaveLength(1);
});

it('lets a stranger in when the owner presses it, who can then buy like anybody', async () => {
  const karim = await windowOf(guest);
  await karim.sees(String(guest.id));
  await karim.press('Demander');
  await samir.sees('Karim');
  await samir.shot('people-1280-stranger-asks');
  await samir.press('زبون');
  await karim.sees('✅');
  await samir.write(`/deposit ${guest.id} 600`);
  await samir.sees(/600/u);
  await pay(samir).click();
  await karim.sees(/600/u);
  await karim.write('036160003');
  await karim.press(/^\s*500\sDA\s*$/u);
  await pay(karim).click();
  await karim.sees(/✅.*rechargée\./u);
  await karim.shot('people-1280-stranger-has-bought');
});
