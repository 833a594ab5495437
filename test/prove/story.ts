// A history as it is told: every line with its moment, and calls in short.

import type { Asked, Reply } from './network-calls.ts';

export interface Story {
  readonly lines: readonly string[];
  readonly tell: (what: string) => void;
  readonly leaves: (asked: Asked) => void;
  readonly heard: (asked: Asked, reply: Reply) => void;
}

/** `age`: ms from the beginning; `tells`: false when nobody wants to know. */
export function openStory(age: () => number, tells: boolean): Story {
  const lines: string[] = [];
  const tell = (what: string): void => {
    if (tells) lines.push(`${(age() / 1000).toFixed(3).padStart(9)}  ${what}`);
  };
  return {
    lines,
    tell,
    leaves(asked) {
      if (tells && asked.name !== 'getUpdates') tell(`  → ${asked.service} ${asked.name} ${brief(asked)}`);
    },
    heard(asked, { status, body }) {
      if (tells && asked.service === 'provider')
        tell(`  ← ${asked.name} ${status} ${JSON.stringify(body).slice(0, 160)}`);
    },
  };
}

function brief({ body, path, query }: Asked): string {
  if ('ref' in body) return JSON.stringify(body);
  if ('text' in body)
    return `${String(body['chat_id'])}${'message_id' in body ? `/${String(body['message_id'])}` : ''} “${String(body['text']).replaceAll('\n', ' / ').slice(0, 90)}”`;
  return `${path.includes('check-') ? path : ''} ${query.toString().slice(0, 60)} ${JSON.stringify(body).slice(0, 80)}`;
}
