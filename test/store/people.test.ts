import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPeople } from '../../src/store/people.ts';
import { NOW } from './orders.ts';
import { breakableDisk, temporaryFolder } from './temporary-folder.ts';

const clock = (): number => NOW;

test('a language is remembered over a restart', async () => {
  const dir = await temporaryFolder();
  const { people } = await openPeople({ dir, clock });
  expect(people.language(7)).toBeUndefined();
  await Promise.all([people.setLanguage(7, 'ar'), people.setLanguage(8, 'fr'), people.setLanguage(7, 'en')]);
  const { people: again, comeback } = await openPeople({ dir, clock });
  expect([again.language(7), again.language(8), comeback]).toEqual(['en', 'fr', 'whole']);
});

test('the language that somebody has already is not written again', async () => {
  const dir = await temporaryFolder();
  const { people } = await openPeople({ dir, clock });
  await people.setLanguage(7, 'ar');
  const { ino } = await stat(join(dir, 'settings.json'));
  await people.setLanguage(7, 'ar');
  expect((await stat(join(dir, 'settings.json'))).ino).toBe(ino);
});

test('a failed write leaves the language as it was', async () => {
  const dir = await temporaryFolder();
  const disk = breakableDisk();
  const { people } = await openPeople({ dir, clock, files: disk.files });
  await people.setLanguage(7, 'ar');
  disk.breakDown('ENOSPC', /settings/);
  await expect(people.setLanguage(7, 'fr')).rejects.toMatchObject({ code: 'disk-full' });
  expect(people.language(7)).toBe('ar');
});

test.each(['{"vers', '{"version":1,"people":[[7,{"chosen":"de","heard":null}]]}'])(
  'settings that say %s begin anew',
  async (text) => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'settings.json'), text);
    expect((await openPeople({ dir, clock })).comeback).toBe('empty');
  },
);

test('settings of a newer version stop the start', async () => {
  const dir = await temporaryFolder();
  await writeFile(join(dir, 'settings.json'), '{"version":2}');
  await expect(openPeople({ dir, clock })).rejects.toThrow('newer version');
});

test('the language of the app is remembered beside the chosen one, which it never replaces', async () => {
  const place = { dir: await temporaryFolder(), clock };
  const first = await openPeople(place);
  await first.people.hear(7, 'fr');
  expect([first.people.language(7), first.people.heard(7)]).toEqual([undefined, 'fr']);
  await first.people.setLanguage(7, 'ar');
  await first.people.hear(7, 'en');
  await first.close();
  const second = await openPeople(place);
  expect([second.people.language(7), second.people.heard(7)]).toEqual(['ar', 'en']);
  await second.close();
});
