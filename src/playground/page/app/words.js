// Every sentence of the page itself, in the language of the person one is.
import { personOf } from './store.js';
import { route } from './route.js';
import { ar } from './words/ar.js';
import { en } from './words/en.js';
import { fr } from './words/fr.js';

const LANGUAGES = { ar, fr, en };

/** The sentences for a language, English where there are none. */
export const wordsIn = (language) => LANGUAGES[language?.slice(0, 2)] ?? en;

/** The sentences for whoever one is now. */
export const words = () => wordsIn(personOf(route.as)?.language);
