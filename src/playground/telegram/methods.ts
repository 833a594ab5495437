// The methods this stand-in knows. A method that is not in this table is answered 404, so a bot
// that starts using a new one is told at once.
import * as callback from './methods/callback.ts';
import * as chatInfo from './methods/chat-info.ts';
import * as commands from './methods/commands.ts';
import * as copy from './methods/copy.ts';
import * as edit from './methods/edit.ts';
import * as ephemeral from './methods/ephemeral.ts';
import * as profile from './methods/profile.ts';
import * as remove from './methods/remove.ts';
import * as send from './methods/send.ts';
import * as status from './methods/status.ts';
import type { Payload } from './payload.ts';
import type { World } from './world.ts';

/** Carries out one call and returns its result, or throws a TelegramRefusal. */
export type Method = (world: World, payload: Payload) => unknown;

const done = (): true => true;

const METHODS: Readonly<Record<string, Method>> = {
  getMe: status.getMe,
  logOut: done,
  close: done,
  sendMessage: send.sendMessage,
  sendPhoto: send.sendPhoto,
  sendDocument: send.sendDocument,
  sendChatAction: status.sendChatAction,
  editMessageText: edit.editMessageText,
  editMessageCaption: edit.editMessageCaption,
  editMessageReplyMarkup: edit.editMessageReplyMarkup,
  deleteMessage: remove.deleteMessage,
  deleteMessages: remove.deleteMessages,
  answerCallbackQuery: callback.answerCallbackQuery,
  setMessageReaction: status.setMessageReaction,
  pinChatMessage: status.pinChatMessage,
  unpinChatMessage: status.unpinChatMessage,
  getFile: status.getFile,
  copyMessage: copy.copyMessage,
  forwardMessage: copy.forwardMessage,
  setMyCommands: commands.setMyCommands,
  getMyCommands: commands.getMyCommands,
  deleteMyCommands: commands.deleteMyCommands,
  setMyName: profile.setMyName,
  getMyName: profile.getMyName,
  setMyDescription: profile.setMyDescription,
  getMyDescription: profile.getMyDescription,
  setMyShortDescription: profile.setMyShortDescription,
  getMyShortDescription: profile.getMyShortDescription,
  getChat: chatInfo.getChat,
  getChatMember: chatInfo.getChatMember,
  getChatAdministrators: chatInfo.getChatAdministrators,
  getChatMemberCount: chatInfo.getChatMemberCount,
  leaveChat: chatInfo.leaveChat,
  editEphemeralMessageText: ephemeral.editEphemeralMessageText,
  editEphemeralMessageReplyMarkup: ephemeral.editEphemeralMessageReplyMarkup,
  deleteEphemeralMessage: ephemeral.deleteEphemeralMessage,
};

const BY_LOWER_CASE = new Map(Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), method]));

/** Finds a method by its name; Telegram does not mind the case. */
export function methodNamed(name: string): Method | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
