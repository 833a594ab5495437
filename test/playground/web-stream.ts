// Reads the page's event stream as a browser does.
import { expect, vi } from 'vitest';
import type { Change, Picture } from '../../src/playground/web/wire.ts';

export interface Stream {
  /** The picture it began with. */
  readonly picture: Picture;
  changes(): readonly Change[];
  text(): string;
  /** Waits for a change among those that came since the first picture. */
  until(wanted: (change: Change) => boolean): Promise<Change>;
  close(): void;
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Connects, and waits for the first picture. */
export async function openStream(url: string): Promise<Stream> {
  const leaving = new AbortController();
  const response = await fetch(`${url}events`, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      if (chunk instanceof Uint8Array) text += decoder.decode(chunk, { stream: true });
  };
  read().catch(() => undefined);
  const changes = (): Change[] =>
    text
      .split('\n\n')
      .slice(0, -1)
      .filter((event) => event.startsWith('data: '))
      .map((event): unknown => JSON.parse(event.slice('data: '.length)))
      .filter(isChange);
  const first = await vi.waitUntil(() => changes()[0]);
  if (first.kind !== 'picture') throw new Error(`The stream began with ${first.kind}.`);
  return {
    picture: first.picture,
    changes,
    text: () => text,
    until: (wanted) => vi.waitUntil(() => changes().slice(1).find(wanted), { timeout: 5000 }),
    close: () => leaving.abort(),
  };
}
