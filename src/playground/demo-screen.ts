// Prints a chat as its person sees it change: every message, every edit and every press, with the time since it began.
import { demoWords } from './demo-words.ts';
import type { DemoLanguage } from './demo-words.ts';
import { drawKeyboard, drawText, onlyLostButtons } from './drawing.ts';
import type { ChatMessage, StandInEvent } from './telegram/server.ts';

/** The screen of one person. */
export type DemoScreen = {
  /** Shows what the stand-in told of this chat. */
  readonly show: (event: StandInEvent) => void;
  /** Says what the person does besides writing. */
  readonly act: (what: string) => void;
};

/** Opens a screen on one chat; `print` takes one line at a time, `now` is epoch milliseconds. */
export function openScreen(options: {
  readonly chatId: number;
  readonly language: DemoLanguage;
  readonly print: (line: string) => void;
  readonly now: () => number;
}): DemoScreen {
  const { chatId, language, print, now } = options;
  const words = demoWords[language];
  const began = now();

  function heading(who: string, what = ''): void {
    const offset = ((now() - began) / 1000).toFixed(1).padStart(4);
    print(`${offset} ${words.seconds}  ${what === '' ? who : `${who} ${what}`}`);
  }

  function body(message: ChatMessage): void {
    const text = drawText(message, { now: now(), languageCode: language });
    for (const line of [...text.split('\n'), ...drawKeyboard(message.keyboard)]) print(`        │ ${line}`);
  }

  return {
    act: (what) => heading(words.you, what),
    show(event) {
      if (event.type !== 'message' && event.type !== 'edit') return;
      if (event.chatId !== chatId) return;
      const { message } = event;
      if (event.type === 'edit' && onlyLostButtons(message)) {
        heading(words.counter, words.takeButtons);
        return;
      }
      heading(message.from.isBot ? words.counter : words.you, event.type === 'edit' ? words.change : '');
      body(message);
    },
  };
}
