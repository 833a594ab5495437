// The nouns of the stand-in: people, chats and messages as Telegram's server would hold them.
// Fields that travel as they are keep Telegram's own names; the rest is ours.

/** A user as Telegram writes one on the wire. */
export type User = {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};

/** Formatting of a piece of text; offset and length count UTF-16 code units. */
export type Entity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: User;
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
};

/** A button of an inline keyboard; exactly one of the fields after `style` is set. */
export type Button = {
  text: string;
  style?: 'primary' | 'success' | 'danger';
  icon_custom_emoji_id?: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  disabled?: Record<string, unknown>;
  web_app?: { url: string };
  login_url?: { url: string };
  switch_inline_query?: string;
  switch_inline_query_current_chat?: string;
  pay?: boolean;
};

/** What a message carries below its text. Only an inline keyboard leaves a message editable. */
export type Markup =
  | { kind: 'inline'; rows: Button[][]; forceReply: boolean; placeholder?: string; selective?: boolean }
  | { kind: 'reply-keyboard'; rows: string[][]; placeholder?: string }
  | { kind: 'force-reply'; placeholder?: string; selective?: boolean }
  | { kind: 'remove-keyboard' };

/** One state of a message; `at` is milliseconds. */
export type Version = { at: number; text: string; entities: Entity[]; keyboard: Button[][] };

/** A file shown in a message; `fileId` can be asked for with getFile. */
export type Media = { kind: 'photo' | 'document' | 'sticker' | 'voice'; fileId: string; fileName?: string };

export type Author = { kind: 'bot' } | { kind: 'person'; person: Person } | { kind: 'anonymous-admin' };

/** A person of the playground; `isDeactivated` means the account is gone. */
export type Person = { user: User; isDeactivated: boolean };

export type PrivateChat = {
  kind: 'private';
  id: number;
  person: Person;
  isStarted: boolean;
  isBlocked: boolean;
  log: StoredMessage[];
};

export type BotStanding = 'member' | 'administrator' | 'kicked' | 'left';

export type Topic = { name: string; isClosed: boolean; root: StoredMessage };

export type GroupChat = {
  kind: 'group' | 'supergroup';
  id: number;
  title: string;
  isForum: boolean;
  memberIds: Set<number>;
  ownerId: number | undefined;
  adminIds: Set<number>;
  bot: BotStanding;
  topics: Map<number, Topic>;
  lastMessageId: number;
  migratedTo: number | undefined;
  log: StoredMessage[];
};

export type Chat = PrivateChat | GroupChat;

/** A message as the server holds it; `date` and `editDate` are Unix seconds. */
export type StoredMessage = {
  chat: Chat;
  id: number;
  ephemeral?: { id: number; receiverId: number };
  author: Author;
  date: number;
  editDate?: number;
  text: string;
  entities: Entity[];
  media?: Media;
  service?: Record<string, unknown>;
  threadId?: number;
  replyTo?: StoredMessage;
  forwardedFrom?: string;
  markup?: Markup;
  isDeleted: boolean;
  isPinned: boolean;
  reactions: string[];
  original: Version;
  edits: Version[];
};
