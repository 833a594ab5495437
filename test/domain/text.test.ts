import { expect, it } from 'vitest';
import { cut, oneLine } from '../../src/domain/text.ts';

it('what people write stands on one line and turns nothing around it', () => {
  expect(oneLine(' \u2069\u202EKarim\r\nsaid\u2028yes\u200F ')).toBe('Karim said yes');
  expect(oneLine('كريم بن علي')).toBe('كريم بن علي');
  expect(oneLine('Karim\uD800')).toBe('Karim\uFFFD');
});

it('a text is cut between characters, never through one', () => {
  expect(cut('Nadia', 3)).toBe('Nad');
  expect(cut('Nadia', 9)).toBe('Nadia');
  expect(cut('a😀😀', 2)).toBe('a😀');
});
