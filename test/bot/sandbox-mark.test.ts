// The SANDBOX mark when the provider has not spoken yet: what it said of this key before counts, and nobody sees a price
// on a key that was never asked about.

import { describe, expect, it } from 'vitest';
import { ProviderFault, type ProviderAccount, type ProviderFaultCode } from '../../src/app/ports.ts';
import { createSandboxMark } from '../../src/bot/sandbox-mark.ts';

function openMark(given: {
  remembered?: boolean;
  validate: () => Promise<ProviderAccount>;
  diskIsFull?: Error;
}) {
  let account: ProviderAccount | undefined;
  let remembered = given.remembered;
  const calls: string[] = [];
  const failures: unknown[] = [];
  const mark = createSandboxMark({
    topups: {
      account: () => account,
      validate: async () => {
        calls.push('validate');
        return (account = await given.validate());
      },
      offers: (service) => {
        calls.push(`offers ${service}`);
        return Promise.resolve([]);
      },
    },
    memory: {
      sandbox: () => remembered,
      keep: (sandbox) => {
        if (given.diskIsFull !== undefined) return Promise.reject(given.diskIsFull);
        remembered = sandbox;
        return Promise.resolve();
      },
    },
    failed: (error) => void failures.push(error),
  });
  return { mark, calls, failures, remembered: () => remembered };
}

const says = (sandbox: boolean) => () => Promise.resolve({ username: 'shop', sandbox });
const fails = (code: ProviderFaultCode) => () => Promise.reject(new ProviderFault(code, 'GET validate'));

describe('before the provider has spoken', () => {
  it.each([
    [true, true, true],
    [false, false, true],
    [undefined, false, false],
  ])('what was remembered (%s) decides', (remembered, isSandbox, isKnown) => {
    const { mark } = openMark({ ...(remembered === undefined ? {} : { remembered }), validate: says(true) });
    expect([mark.isSandbox(), mark.isKnown()]).toEqual([isSandbox, isKnown]);
  });

  it('a key that was never asked about is asked about before the first price', async () => {
    const { mark, calls, remembered } = openMark({ validate: says(true) });
    await mark.offers('ADSL', 'person');
    await mark.offers('4G', 'person');
    expect(calls).toEqual(['validate', 'offers ADSL', 'offers 4G']);
    expect([mark.isSandbox(), remembered()]).toEqual([true, true]);
  });

  it('a key that is remembered keeps nobody waiting', async () => {
    const { mark, calls } = openMark({ remembered: true, validate: fails('timeout') });
    await mark.offers('ADSL', 'person');
    expect(calls).toEqual(['offers ADSL']);
  });

  it.each(['unreachable', 'timeout', 'no-access'] as const)(
    'no answer (%s) is no price either',
    async (code) => {
      const { mark, calls } = openMark({ validate: fails(code) });
      await expect(mark.offers('ADSL', 'person')).rejects.toMatchObject({ code });
      expect(calls).toEqual(['validate']);
    },
  );

  it.each(['server', 'unreadable', 'throttled'] as const)(
    'an answer that says nothing of the key (%s) hinders no sale',
    async (code) => {
      const { mark, calls } = openMark({ validate: fails(code) });
      await mark.offers('ADSL', 'person');
      expect(calls).toEqual(['validate', 'offers ADSL']);
    },
  );
});

describe('once the provider has spoken', () => {
  it('its word counts, and is remembered', async () => {
    const { mark, remembered } = openMark({ remembered: true, validate: says(false) });
    await mark.learn();
    expect([mark.isSandbox(), remembered()]).toEqual([false, false]);
  });

  it('a disk that does not keep it is reported, and the word counts all the same', async () => {
    const diskIsFull = new Error('disk full');
    const { mark, failures } = openMark({ validate: says(true), diskIsFull });
    await mark.learn();
    expect(failures).toEqual([diskIsFull]);
    expect(mark.isSandbox()).toBe(true);
  });
});
