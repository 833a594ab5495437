// Binds what people do to one running stand-in.
import * as groups from './group-life.ts';
import * as person from './person.ts';
import * as presses from './press.ts';
import { knownPerson } from './chats.ts';
import { viewMessage } from './view.ts';
import type { PersonSide } from './stand-in.ts';
import type { World } from './world.ts';

function groupSide(world: World) {
  return {
    addPerson: (details) => groups.addPerson(world, details),
    addGroup: (details) => groups.addGroup(world, details),
    addTopic: (chatId, name) => groups.addTopic(world, chatId, name),
    closeTopic: (chatId, threadId) => groups.closeTopic(world, chatId, threadId),
    kickBot: (chatId) => groups.setBotStanding(world, chatId, 'kicked'),
    addBot: (chatId, standing = 'member') => groups.setBotStanding(world, chatId, standing),
    migrate: (chatId) => groups.migrate(world, chatId),
    deactivate: (personId) => {
      knownPerson(world, personId).isDeactivated = true;
      world.hub.emit({ type: 'chat', chatId: personId });
    },
  } satisfies Partial<PersonSide>;
}

/** Everything a person can do, as methods. */
export function personSide(world: World): PersonSide {
  return {
    ...groupSide(world),
    start: (personId, payload) => viewMessage(world, person.start(world, personId, payload)),
    say: (personId, chatId, text, options) =>
      viewMessage(world, person.say(world, personId, chatId, text, options)),
    sendSticker: (personId, chatId, options) =>
      viewMessage(world, person.sendMedia(world, { personId, chatId, kind: 'sticker' }, options)),
    sendVoice: (personId, chatId, options) =>
      viewMessage(world, person.sendMedia(world, { personId, chatId, kind: 'voice' }, options)),
    sendPhoto: (personId, chatId, caption = '', options = {}) =>
      viewMessage(world, person.sendMedia(world, { personId, chatId, kind: 'photo', caption }, options)),
    editOwn: (personId, chatId, messageId, text) => person.editOwn(world, personId, chatId, messageId, text),
    anonymousAdminSays: (chatId, text, options) =>
      viewMessage(world, person.anonymousAdminSays(world, chatId, text, options)),
    press: (personId, chatId, message, target) => presses.press(world, { personId, chatId, message, target }),
    pressStale: (personId, chatId, messageId, data) =>
      presses.pressStale(world, { personId, chatId, messageId, data }),
    deleteMessage: (chatId, messageId) => person.deleteByPerson(world, chatId, messageId),
    block: (personId) => person.setBlocked(world, personId, true),
    unblock: (personId) => person.setBlocked(world, personId, false),
  };
}
