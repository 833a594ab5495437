// What the server last said, and who is looking: the one place the page reads from.

/** The server's picture, kept current by its changes; undefined until the first one. */
export const world = { picture: undefined, isUp: true, typing: new Map(), unread: new Map() };

const listeners = new Set();

/** Calls back after every change, with the change. */
export const onChange = (listener) => listeners.add(listener);

export const tell = (change) => {
  for (const listener of listeners) listener(change);
};

/** A message's name on the page; ephemeral ones have no ordinary id. */
export const keyOf = (message) => (message.ephemeral ? `e${message.ephemeral.id}` : `m${message.id}`);

export const chatOf = (chatId) => world.picture?.chats.find(({ id }) => id === chatId);
export const personOf = (id) => world.picture?.people.find((person) => person.id === id);
export const chatsOf = (personId) =>
  (world.picture?.chats ?? []).filter(
    (chat) => chat.memberIds.includes(personId) && chat.migratedTo === undefined,
  );

/** Whether this person sees the message; an ephemeral one is for its receiver and its sender alone. */
export const isFor = (personId, { ephemeral, from }) =>
  !ephemeral || ephemeral.receiverId === personId || from.id === personId;

/** What this person sees of a chat, oldest first. */
export const messagesFor = (personId, chatId) =>
  (chatOf(chatId)?.messages ?? []).filter((message) => isFor(personId, message));

export const commandsFor = (personId, chatId) => world.picture?.commands[`${personId}:${chatId}`] ?? [];

function putMessage(change, looking) {
  const { chatId, message } = change;
  const chat = chatOf(chatId);
  if (!chat) return;
  const at = chat.messages.findIndex((one) => keyOf(one) === keyOf(message));
  if (message.deleted) {
    if (at >= 0) chat.messages.splice(at, 1);
    return;
  }
  if (at >= 0) {
    chat.messages[at] = message;
    return;
  }
  change.isNew = true;
  chat.messages.push(message);
  if (message.from.isBot) world.typing.delete(chatId);
  for (const personId of chat.memberIds) {
    const isSeen = looking.as === personId && looking.chat === chatId && document.hasFocus();
    if (isSeen || message.from.id === personId || !isFor(personId, message)) continue;
    const key = `${personId}:${chatId}`;
    world.unread.set(key, (world.unread.get(key) ?? 0) + 1);
  }
}

function upsert(list, item, isSame, most = Infinity) {
  const at = list.findLastIndex(isSame);
  if (at >= 0) list[at] = item;
  else list.push(item);
  if (list.length > most) list.splice(0, list.length - most);
}

/** Takes a change from the server in. `looking` is who is looking at which chat. */
export function receive(change, looking) {
  const { picture } = world;
  switch (change.kind) {
    case 'picture':
      world.picture = change.picture;
      world.typing.clear();
      break;
    case 'message':
      putMessage(change, looking);
      break;
    case 'chat': {
      const chat = chatOf(change.chat.id);
      if (chat) Object.assign(chat, change.chat);
      else picture.chats.push({ ...change.chat, messages: [] });
      break;
    }
    case 'typing':
      world.typing.set(change.chatId, Date.now() + 5000);
      break;
    case 'commands':
      picture.commands = change.commands;
      break;
    case 'bot':
      picture.botState = change.state;
      break;
    case 'shop':
      picture.shop = change.shop;
      break;
    case 'order':
      upsert(picture.orders, change.order, ({ id }) => id === change.order.id, 200);
      break;
    case 'call':
      upsert(picture.calls, change.call, ({ seq }) => seq === change.call.seq, 200);
      break;
  }
  tell(change);
}
