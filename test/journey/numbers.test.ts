// Every way people write a line number, what is said of those that are none, and the check with the provider.

import { describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { dayForAll, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened));

const ADSL_SPELLINGS = [
  '036362608',
  '036 36 26 08',
  '036-36.26/08',
  '36362608',
  '+213 36 36 26 08',
  '00213 36 36 26 08',
  '21336362608',
  '٠٣٦٣٦٢٦٠٨',
  '۰۳۶ ۳۶ ۲۶ ۰۸',
  '+٢١٣٣٦٣٦٢٦٠٨',
];
const LTE_SPELLINGS = [
  '213472731602',
  '213 472 73 16 02',
  '+213 472 73 16 02',
  '00213472731602',
  '0472731602',
  '0472 73-16-02',
  '٠٤٧٢٧٣١٦٠٢',
  '۲۱۳۴۷۲۷۳۱۶۰۲',
];

async function choose(service: 'ADSL / Fibre' | '4G LTE'): Promise<void> {
  day.owner.say('/topup');
  await day.owner.press(service, await day.owner.sees('What would you like'));
  await day.owner.sees('Send the line number');
}

describe('a number sent without any command', () => {
  it.each(ADSL_SPELLINGS)('"%s" is an ADSL line beyond doubt', async (text) => {
    day.owner.say(text);
    await day.owner.sees('Line found: 036 36 26 08\nOffer: IDOOM FTTC 10M');
  });

  it.each(LTE_SPELLINGS)('"%s" is a 4G line beyond doubt', async (text) => {
    day.owner.say(text);
    await day.owner.sees('Line found: 213 472 73 16 02\n');
  });

  it.each([
    ['472731602', '213 472 73 16 02'],
    ['0665983439', '213 665 98 34 39'],
    ['213778037340', '213 778 03 73 40'],
  ])('"%s" could be either: the service is asked first', async (text, line) => {
    day.owner.say('/cancel');
    day.owner.say(text);
    const asked = await day.owner.sees(`${text}: which service is this line?`);
    expect(day.owner.buttons(asked)).toEqual([['ADSL / Fibre', '4G LTE'], ['Cancel']]);
    await day.owner.press('4G LTE', asked);
    await day.owner.sees(`Line found: ${line}`);
  });

  it.each(['12345', '03636260', 'hello', '٠٣٦'])(
    '"%s" is not recognised, and it is said what to send',
    async (text) => {
      day.owner.say('/cancel');
      await day.owner.sees(/Cancelled|nothing to cancel/);
      day.owner.say(text);
      await day.owner.sees('I did not recognise a line number. Send it in digits, or press /topup.');
    },
  );
});

describe('with the service chosen', () => {
  it.each([...ADSL_SPELLINGS])('ADSL understands "%s"', async (text) => {
    await choose('ADSL / Fibre');
    day.owner.say(text);
    await day.owner.sees('Line found: 036 36 26 08');
  });

  it.each([...LTE_SPELLINGS, '472731602'])('4G understands "%s"', async (text) => {
    await choose('4G LTE');
    day.owner.say(text);
    await day.owner.sees('Line found: 213 472 73 16 02');
  });

  it.each([
    ['ADSL / Fibre', '0472731602', '213 472 73 16 02 looks like a 4G LTE line.', '4G LTE · 213 472 73 16 02'],
    ['ADSL / Fibre', '472731602', '213 472 73 16 02 looks like a 4G LTE line.', '4G LTE · 213 472 73 16 02'],
    ['4G LTE', '036362608', '036 36 26 08 looks like an ADSL / Fibre line.', 'ADSL / Fibre · 036 36 26 08'],
  ] as const)(
    'in %s, "%s" is taken over by one tap to the other service',
    async (service, text, note, label) => {
      await choose(service);
      day.owner.say(text);
      const told = await day.owner.sees(note);
      await day.owner.press(label, told);
      await day.owner.sees(`Line found: ${label.split(' · ')[1] ?? '-'}`);
    },
  );

  it.each([
    ['ADSL / Fibre', '12345', 'An ADSL or fibre number has 9 digits and starts with 0.'],
    ['4G LTE', '12345', 'A 4G number has 10 digits from 04, or 12 from 213.'],
    ['ADSL / Fibre', 'my line', 'That is not a line number. Send it in digits.'],
    ['ADSL / Fibre', '0665983439', 'This is a mobile phone number. Send the number of the internet line.'],
  ] as const)(
    'in %s, "%s" is answered with what is wrong, and the next try counts',
    async (service, text, note) => {
      await choose(service);
      const checks = day.provider.calls.filter(({ path }) =>
        path.startsWith('/internet/check-number'),
      ).length;
      day.owner.say(text);
      await day.owner.sees(note);
      expect(day.provider.calls.filter(({ path }) => path.startsWith('/internet/check-number'))).toHaveLength(
        checks,
      );
      day.owner.say(service === '4G LTE' ? '0472731602' : '036362608');
      await day.owner.sees('Line found:');
    },
  );
});

describe('the check with the provider', () => {
  it.each([
    ['036000017', 'This is not an ADSL line. Check it and send it again, or choose 4G.', '4G LTE'],
    ['036000018', 'This is not an ADSL line. Check it and send it again, or choose 4G.', '4G LTE'],
    ['213470000017', 'This is not a 4G line. Check it and send it again, or choose ADSL.', 'ADSL / Fibre'],
    ['213470000018', 'This is not a 4G line. Check it and send it again, or choose ADSL.', 'ADSL / Fibre'],
  ])('%s is refused, and the other service is one tap away', async (number, note, label) => {
    day.owner.say('/cancel');
    day.owner.say(number);
    const told = await day.owner.sees(note);
    expect(day.owner.buttons(told)).toEqual([[label], ['Back', 'Cancel']]);
    await day.owner.press(label, told);
    await day.owner.sees(`${label}. Send the line number`);
  });

  it('an outage of the check is not called a wrong number, and "check again" goes on where it stopped', async () => {
    day.owner.say('036000019');
    const told = await day.owner.sees('Lines can’t be checked right now; the number may well be right.');
    expect(day.owner.saw('not an ADSL line')).toBe(false);
    expect(day.owner.buttons(told)).toEqual([['Check again'], ['Back', 'Cancel']]);
    day.provider.forLookup('036000019', { kind: 'line' });
    await day.owner.press('Check again', told);
    await day.owner.sees('Line found: 036 00 00 19');
  });
});

describe('/topup with everything in one line', () => {
  it.each([
    ['/topup 036362608 1000', 'ADSL · 036 36 26 08\nRecharge: 1 000 DA'],
    ['/topup 036 36 26 08 1000', 'ADSL · 036 36 26 08\nRecharge: 1 000 DA'],
    ['/topup 0472731602 500DA', '4G · 213 472 73 16 02\nRecharge: 500 DA'],
    ['/topup ٠٣٦٣٦٢٦٠٨ ٢٠٠٠', 'ADSL · 036 36 26 08\nRecharge: 2 000 DA'],
    ['/topup@recharge_counter_bot 036362608 500', 'ADSL · 036 36 26 08\nRecharge: 500 DA'],
  ])('%s goes straight to the confirmation', async (text, card) => {
    day.owner.say(text);
    await day.owner.sees(`Check, then pay.\n${card}`);
  });

  it.each([
    ['/topup 036362608', 'Line found: 036 36 26 08'],
    ['/topup 036362608 700', 'This amount is not in stock. Choose another.'],
    ['/topup 036000017 500', 'This is not an ADSL line.'],
    ['/topup 472731602 500', '472731602: which service is this line?'],
    ['/topup nonsense', 'What would you like to recharge?'],
  ])('%s asks what is missing', async (text, prompt) => {
    day.owner.say(text);
    await day.owner.sees(prompt);
  });

  it('keeps the amount while the service of a doubtful number is asked', async () => {
    day.owner.say('/topup 472731602 500');
    await day.owner.press('4G LTE', await day.owner.sees('which service'));
    await day.owner.sees('4G · 213 472 73 16 02\nRecharge: 500 DA');
    await day.owner.press('Cancel');
  });
});

booksAddUp(() => day);
