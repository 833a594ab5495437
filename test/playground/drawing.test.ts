// How messages look on lines of text.
import { describe, expect, test } from 'vitest';
import { drawButton, drawKeyboard, drawText, relativeTime } from '../../src/playground/drawing.ts';

const look = { now: 1_800_000_012_000, languageCode: 'en' };

describe('text', () => {
  const code = 'Code: 9000 1234, sent 19:42.';
  const entities = [
    { type: 'spoiler', offset: 6, length: 9 },
    { type: 'code', offset: 6, length: 9 },
    { type: 'date_time', offset: 22, length: 5, unix_time: 1_800_000_000, date_time_format: 'r' },
  ];

  test('hides spoilers and counts relative times', () => {
    expect(drawText({ text: code, entities }, look)).toBe('Code: ▒▒▒▒▒▒▒▒▒, sent 12 seconds ago.');
  });

  test('shows what is behind a spoiler when asked to', () => {
    expect(drawText({ text: code, entities }, { ...look, reveal: true })).toContain('Code: 9000 1234,');
  });

  test('leaves a moment alone whose format is not relative', () => {
    const fixed = [
      { type: 'date_time', offset: 22, length: 5, unix_time: 1_800_000_000, date_time_format: 't' },
    ];
    expect(drawText({ text: code, entities: fixed }, look)).toBe(code);
  });
});

test.each([
  [12, 'en', '12 seconds ago'],
  [0, 'en', 'now'],
  [-5, 'en', 'now'],
  [61, 'fr', 'il y a 1 minute'],
  [7300, 'fr', 'il y a 2 heures'],
  [12, 'ar', 'قبل 12 ثانية'],
])('%d seconds ago in %s is "%s"', (seconds, language, text) => {
  expect(relativeTime(seconds, language)).toBe(text);
});

describe('buttons', () => {
  test('say what they copy and what they open', () => {
    expect(drawButton({ text: 'Copy', copy_text: { text: '9000' } })).toBe('[ Copy ⧉ 9000 ]');
    expect(drawButton({ text: 'Open', url: 'https://example.org/' })).toBe('[ Open ↗ https://example.org/ ]');
  });

  test('are numbered through the rows', () => {
    const rows = [[{ text: 'A' }, { text: 'B' }], [{ text: 'C' }]];
    expect(drawKeyboard(rows, (count) => `${count}`)).toEqual(['1 [ A ]  2 [ B ]', '3 [ C ]']);
  });
});
