// How long whoever asks our port waits for a part of the bot: less than those give up after who ask again and again.

const PATIENCE_MS = 3_000;

/** What the part answers; rejects when it takes longer. */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
