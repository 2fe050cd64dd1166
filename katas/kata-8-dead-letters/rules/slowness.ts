import type { Told } from '../story.js';

/** Milliseconds that the broker took with the lab's own messages, in the middle: it had the same machine. */
export function slownessOf(messages: readonly Told[]): number {
  const took = messages
    .flatMap(({ publication }) => publication ?? [])
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ start, end }) => (end - start) / 1000)
    .sort((a, b) => a - b);
  return took[Math.floor(took.length / 2)] ?? 0;
}
