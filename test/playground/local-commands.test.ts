// The lines with a colon: what they do to the stand-ins, and what they say to mistakes. No bot runs here.
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { openCounter } from '../../src/playground/counter.ts';
import { runLocalCommand } from '../../src/playground/local-commands.ts';
import type { PlaygroundPerson } from '../../src/playground/people.ts';
import { moods } from '../../src/playground/provider-moods.ts';

async function open({ onTestFinished }: TestContext) {
  const counter = await openCounter();
  onTestFinished(() => counter.close());
  const said: string[] = [];
  const became: PlaygroundPerson[] = [];
  const run = (line: string): Promise<void> =>
    runLocalCommand(line, {
      counter,
      print: (text) => said.push(text),
      become: (person) => became.push(person),
      reveal: () => said.push('revealed'),
      quit: () => said.push('quit'),
    });
  const { url, key } = counter.provider;
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      headers: { 'X-Access-Token': key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  let sent = 0;
  const send = (): Promise<unknown> =>
    ask('/internet/send', { type: 'ADSL', number: '036362608', value: 500, ref: `ref${(sent += 1)}` });
  return { counter, run, ask, send, said, became, last: () => said.at(-1) ?? '' };
}

test(':as becomes one of the people, and lists them for a stranger', async (context) => {
  const { run, became, last } = await open(context);
  await run(':as fr');
  await run(':as nobody');
  expect(became.map(({ key }) => key)).toEqual(['fr']);
  expect(last()).toBe('There is ar, fr, en, guest.');
});

test(':provider scripts the next purchase only, and :finish and :orders show what came of it', async (context) => {
  const { counter, run, send, last } = await open(context);
  await run(':provider queue');
  expect(last()).toBe(`The next purchase: ${moods['queue']?.meaning ?? ''}.`);
  await send();
  await counter.provider.until(() => counter.provider.orders()[0]?.status === 'QUEUED');
  await run(':finish');
  expect(counter.provider.orders()[0]?.status).toBe('FULFILLED');
  await send();
  await run(':refund');
  expect(counter.provider.orders()[1]?.status).toBe('REFUNDED');
  await run(':orders');
  expect(last()).toContain('2 accepted, 11960 DA left');
  await run(':finish');
  expect(last()).toBe('The provider has no open order.');
});

test(':provider refuses a mood it does not have, and names those it has', async (context) => {
  const { run, send, last } = await open(context);
  await run(':provider constructor');
  for (const name of Object.keys(moods)) expect(last()).toContain(`\n${name} `);
  expect(await send()).toMatchObject({ success: true });
});

test(':provider down and up turn the provider off and on', async (context) => {
  const { run, send } = await open(context);
  await run(':provider down');
  expect(await send()).toMatchObject({ success: false, error: { code: 'SERVICE_UNAVAILABLE' } });
  await run(':provider up');
  expect(await send()).toMatchObject({ success: true });
});

test(':balance sets the money, and asks for an amount when there is none', async (context) => {
  const { counter, run, last } = await open(context);
  await run(':balance 500');
  expect(counter.provider.balance()).toBe(500);
  await run(':balance much');
  expect(last()).toBe('Say how much, like :balance 500');
  expect(counter.provider.balance()).toBe(500);
});

test(':stock takes an amount off the shelf and puts it back', async (context) => {
  const { run, send } = await open(context);
  await run(':stock 500 off');
  expect(await send()).toMatchObject({ success: false, error: { code: 'ERR_STOCK' } });
  await run(':stock 500 on');
  expect(await send()).toMatchObject({ success: true });
});

test(':telegram down cuts the bot off until :telegram up', async (context) => {
  const { counter, run } = await open(context);
  const { apiRoot, token } = counter.telegram;
  const status = async (): Promise<number> => (await fetch(`${apiRoot}/bot${token}/getMe`)).status;
  await run(':telegram down');
  expect(await status()).toBe(502);
  await run(':telegram up');
  expect(await status()).toBe(200);
});

test.each([':foo', ':', ':toString'])('"%s" is no command, and the commands are listed', async (line) => {
  const said: string[] = [];
  const never = (): never => expect.unreachable();
  const counter = await openCounter();
  await runLocalCommand(line, {
    counter,
    print: (text) => said.push(text),
    become: never,
    reveal: never,
    quit: never,
  });
  await counter.close();
  expect(said.join('\n')).toContain(':help');
});
