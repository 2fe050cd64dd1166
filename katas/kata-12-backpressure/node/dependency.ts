import type { Work } from './queue.js';

/** Much longer than any job takes. */
const answerWithinMs = 10_000;

/** The slow service behind the queue: done is what it has answered 200. */
export const dependencyAt =
  (at: string): Work =>
  async (id) => {
    const response = await fetch(`${at}/work/${encodeURIComponent(id)}`, {
      method: 'POST',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    // Unread, the answer would keep the connection.
    await response.text();
    if (response.status !== 200) throw new Error(`the service behind says ${response.status}`);
  };
