// The bot's name and its two descriptions, each per language, with the default as fallback.
import { badRequest } from '../refusal.ts';
import { textIn } from '../payload.ts';
import { languageIn } from './commands.ts';
import type { Payload } from '../payload.ts';
import type { World } from '../world.ts';

type Field = 'name' | 'description' | 'short_description';

const LONGEST: Readonly<Record<Field, number>> = { name: 64, description: 512, short_description: 120 };

function setField(field: Field) {
  return (world: World, payload: Payload): true => {
    const value = textIn(payload, field) ?? '';
    if (value.length > LONGEST[field]) throw badRequest(`bot ${field.replace('_', ' ')} is too long`);
    const key = `${field} ${languageIn(payload)}`;
    if (value === '') world.profile.delete(key);
    else world.profile.set(key, value);
    return true;
  };
}

function getField(field: Field) {
  return (world: World, payload: Payload): Record<string, string> => {
    const usual = field === 'name' ? world.bot.user.first_name : '';
    const own = world.profile.get(`${field} ${languageIn(payload)}`);
    return { [field]: own ?? world.profile.get(`${field} `) ?? usual };
  };
}

export const setMyName = setField('name');
export const getMyName = getField('name');
export const setMyDescription = setField('description');
export const getMyDescription = getField('description');
export const setMyShortDescription = setField('short_description');
export const getMyShortDescription = getField('short_description');
