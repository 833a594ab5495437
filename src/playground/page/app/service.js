// What the grey lines between messages say.
const SAYINGS = {
  forum_topic_created: '#',
  forum_topic_closed: '# ✕',
  migrate_to_chat_id: '⇢',
  migrate_from_chat_id: '⇠',
};

/** The text of a service message; an unknown one is called by Telegram's name for it. */
export const serviceText = ({ service = '' }) => SAYINGS[service] ?? service.replaceAll('_', ' ');
