import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVault } from '../../src/store/vault.ts';
import type { SealedCode } from '../../src/domain/order.ts';
import { ref } from './orders.ts';

const REF = ref('order-one');
const vault = createVault(randomBytes(32));

test('a code comes back for its own order and is never in the sealed text', () => {
  const sealed = vault.seal('1234 5678 كود', REF);
  expect(sealed).toMatch(/^v1\.[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(sealed).not.toContain('1234');
  expect(vault.open(sealed, REF)).toBe('1234 5678 كود');
});

test('the same code is sealed differently each time', () => {
  expect(vault.seal('1', REF)).not.toBe(vault.seal('1', REF));
});

test('nothing opens with another key, for another order, or after a change', () => {
  const sealed = vault.seal('1234', REF);
  const altered = (text: string): text is SealedCode => text !== sealed;
  expect(createVault(randomBytes(32)).open(sealed, REF)).toBeUndefined();
  expect(vault.open(sealed, ref('order-two'))).toBeUndefined();
  for (const text of [`${sealed.slice(0, -2)}AA`, sealed.replace('v1', 'v2'), sealed.slice(0, 30), '']) {
    if (altered(text)) expect(vault.open(text, REF)).toBeUndefined();
  }
});

test('an empty code can be kept too', () => {
  expect(vault.open(vault.seal('', REF), REF)).toBe('');
});

test('a key of another length is refused', () => {
  expect(() => createVault(randomBytes(16))).toThrow(RangeError);
});
