// Server-sent events: every window gets the whole picture when it connects, and from then on every change at once.
import type { ServerResponse } from 'node:http';
import { commandMenus, drawPicture, pageMessage } from './picture.ts';
import type { Backstage } from './picture.ts';
import type { Change } from './wire.ts';

const LOOK_EVERY_MS = 250;
const KEEP_ALIVE_MS = 15_000;

export type Feed = {
  /** Tells every window. */
  readonly tell: (change: Change) => void;
  /** Gives every window the whole picture anew. */
  readonly tellAll: () => void;
  /** Takes over the response of a window. */
  readonly join: (response: ServerResponse) => void;
  readonly close: () => void;
};

/** Starts listening to the stand-ins; `tell` is for what happens elsewhere. */
export function openFeed(backstage: Backstage): Feed {
  const { provider, bot } = backstage;
  const windows = new Set<ServerResponse>();
  const send = (text: string): void => {
    for (const window of windows) window.write(text);
  };
  const tell = (change: Change): void => {
    if (windows.size > 0) send(frame(change));
  };
  const tellAll = (): void => tell({ kind: 'picture', picture: drawPicture(backstage) });
  let wasMeeting = bot.isMeeting();

  const offs = [
    listenToTelegram(backstage, tell),
    provider.on((event) => {
      if (event.kind === 'call') tell({ kind: 'call', call: event.call });
      if (event.kind !== 'order') return;
      // Looking brings the book up to date, so a listener may hear of an older standing after a newer one.
      const order = provider.orders().find(({ id }) => id === event.order.id);
      if (order !== undefined) tell({ kind: 'order', order });
    }),
    bot.on((state) => {
      if (state !== 'running' || !wasMeeting) tell({ kind: 'bot', state });
      else tellAll();
      wasMeeting = bot.isMeeting();
    }),
  ];
  // The provider works out what its clock has decided only when somebody looks.
  const look = setInterval(() => windows.size > 0 && provider.balance(), LOOK_EVERY_MS).unref();
  const keepAlive = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS).unref();

  return {
    tell,
    tellAll,
    join(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`retry: 500\n\n${frame({ kind: 'picture', picture: drawPicture(backstage) })}`);
      windows.add(response);
      response.once('close', () => windows.delete(response));
    },
    close() {
      for (const off of offs) off();
      clearInterval(look);
      clearInterval(keepAlive);
      for (const window of windows) window.end();
    },
  };
  function frame(change: Change): string {
    return `data: ${JSON.stringify(change)}\n\n`;
  }
}

/** Passes on what happens in the chats, unless it is not for anybody's eyes. */
function listenToTelegram({ telegram, bot }: Backstage, tell: (change: Change) => void): () => void {
  let menusDue = false;
  // A bot sets its menus one by one for every language: they are told once, together.
  function tellMenus(): void {
    if (menusDue) return;
    menusDue = true;
    setImmediate(() => {
      menusDue = false;
      tell({ kind: 'commands', commands: commandMenus(telegram) });
    });
  }
  function tellChat(chatId: number): void {
    const chat = telegram.chats().find(({ id }) => id === chatId);
    if (chat !== undefined) tell({ kind: 'chat', chat });
  }
  return telegram.on((event) => {
    if (bot.isMeeting()) return;
    switch (event.type) {
      case 'message':
      case 'edit':
      case 'delete':
      case 'reaction':
        tell({ kind: 'message', chatId: event.chatId, message: pageMessage(event.message) });
        return;
      case 'typing':
        tell({ kind: 'typing', chatId: event.chatId });
        return;
      case 'commands':
        tellMenus();
        return;
      case 'chat':
        tellChat(event.chatId);
        return;
      default:
        return;
    }
  });
}
