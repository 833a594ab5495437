// The terminal itself: lines come in one after another, and what is printed never mixes with what is being typed.
import { createInterface } from 'node:readline';

/** A terminal, or a pipe that is read like one. */
export type Terminal = {
  /** A person sits at it. */
  readonly isLive: boolean;
  readonly print: (text: string) => void;
  /** Takes typed lines from now on, one at a time; `onEnd` is told when there are no more. */
  readonly listen: (take: (line: string) => Promise<void>, onEnd: () => void) => void;
  readonly close: () => void;
};

/** Opens standard input and output; `interrupt` is what Ctrl-C does. */
export function openTerminal(interrupt: () => void): Terminal {
  const { stdin, stdout } = process;
  const isLive = stdin.isTTY && stdout.isTTY;
  const lines = createInterface({
    input: stdin,
    output: isLive ? stdout : undefined,
    terminal: isLive,
    prompt: '› ',
  });
  lines.pause();
  // A terminal window that is gone must not end the bot with a stack trace.
  stdin.on('error', () => undefined);
  let isListening = false;
  let isOpen = true;
  return {
    isLive,
    print(text) {
      if (!isLive || !isListening || !isOpen) {
        stdout.write(`${text}\n`);
        return;
      }
      stdout.write(`\r\x1b[0J${text}\n`);
      lines.prompt(true);
    },
    listen(take, onEnd) {
      let turn = Promise.resolve();
      isListening = true;
      lines.on('line', (line) => {
        turn = turn
          .then(() => take(line.trim()))
          .then(() => {
            if (isLive && isOpen) lines.prompt(true);
          });
      });
      lines.on('SIGINT', interrupt);
      lines.once('close', () => {
        const wasOpen = isOpen;
        isOpen = false;
        if (wasOpen) void turn.then(onEnd);
      });
      lines.resume();
      if (isLive) lines.prompt(true);
    },
    close() {
      isOpen = false;
      lines.close();
      stdin.destroy();
    },
  };
}
