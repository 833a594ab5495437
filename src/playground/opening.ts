// The first minute of a shop, played before anybody sits down: the owner lets the agent and the customer in, sets the
// agents' price, fills both wallets and adds the bot to the group. All of it is said and pressed in the chat, as people
// do it; then the chats are cleared, so that each begins at its beginning. What the bot has written down stays.
import { arabic, english, french } from './people.ts';
import type { Button, ChatMessage, TelegramStandIn } from './telegram/server.ts';

/** On the wallets when the playground opens, in dinars; less than the dearest card, so that money can be short. */
export const WALLETS = [
  { person: french, dinars: 5000 },
  { person: english, dinars: 2500 },
] as const;

/** What agents pay of the face value is so much less. */
const AGENTS_RULE = '-1%';

const owner = arabic.id;

type Is = (button: Button) => boolean;
const anyButton: Is = () => true;
const isYes: Is = ({ style }) => style === 'success';
const isLink: Is = ({ copy_text }) => copy_text !== undefined;

/** The owner says something; resolves to the answer that has such a button, and the button. */
function ask(
  telegram: TelegramStandIn,
  text: string,
  isWanted: Is,
): Promise<{ message: ChatMessage; button: Button }> {
  const asked = telegram.say(owner, owner, text);
  const look = () => {
    const later = telegram.messages(owner).filter(({ id }) => id > asked.id);
    for (const message of later) {
      const button = message.keyboard.flat().find(isWanted);
      if (button !== undefined) return { message, button };
    }
    return undefined;
  };
  return telegram.until(look, { what: `an answer to ${text}` });
}

/** Resolves once everything that was said and pressed has been handled. */
const handled = (telegram: TelegramStandIn): Promise<true> =>
  telegram.until(() => telegram.pendingUpdates().length === 0, { what: 'the bot to handle everything' });

async function askAndPress(telegram: TelegramStandIn, text: string, isWanted: Is): Promise<void> {
  const { message, button } = await ask(telegram, text, isWanted);
  await telegram.press(owner, owner, message.id, button.text);
  await handled(telegram);
}

/** The owner invites somebody, who opens the link. */
export async function letIn(telegram: TelegramStandIn, person: number, role: string): Promise<void> {
  const { button } = await ask(telegram, `/invite ${role}`, isLink);
  telegram.start(person, button.copy_text?.text.split('start=')[1]);
}

/** The owner puts so many dinars on somebody's wallet. */
export function deposit(telegram: TelegramStandIn, person: number, dinars: number): Promise<void> {
  return askAndPress(telegram, `/deposit ${person} ${dinars}`, isYes);
}

/** Empties the private chats, as people do with "clear history". */
function clearHistory(telegram: TelegramStandIn): void {
  for (const { id, kind } of telegram.chats())
    if (kind === 'private')
      for (const message of telegram.messages(id))
        if (!message.deleted) telegram.deleteMessage(id, message.id);
}

/** Opens the shop of a bot that knows nobody yet. Rejects with what it waited for when the bot does not answer. */
export async function openShop(telegram: TelegramStandIn): Promise<void> {
  for (const { id, kind } of telegram.chats()) {
    if (kind === 'private') continue;
    // The group is served because its owner adds the bot.
    telegram.kickBot(id);
    telegram.addBot(id);
  }
  telegram.start(owner);
  for (const { person } of WALLETS) await letIn(telegram, person.id, person.role);
  // News of who came in has buttons, too: it must not be taken for an answer.
  await handled(telegram);
  await askAndPress(telegram, '/prices', anyButton);
  telegram.say(owner, owner, AGENTS_RULE);
  await handled(telegram);
  for (const { person, dinars } of WALLETS) await deposit(telegram, person.id, dinars);
  clearHistory(telegram);
}
