// Where links lead. Those to the bot stay on the page and carry their payload; the world outside is not opened from a
// page that works without a network.
import { toast, trying } from './notice.js';
import { ask } from './connection.js';
import { go, route } from './route.js';
import { world } from './store.js';
import { words } from './words.js';

/** Follows a link somebody pressed. */
export async function follow(url) {
  const found = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)(?:\?start=([\w-]{1,64}))?$/i.exec(url);
  const bot = world.picture.bot.username.toLowerCase();
  if (found?.[1].toLowerCase() !== bot) return toast(words().noLink(url));
  go({ chat: route.as, view: 'chat' });
  if (found[2]) await trying(() => ask({ do: 'start', as: route.as, payload: found[2] }));
}
