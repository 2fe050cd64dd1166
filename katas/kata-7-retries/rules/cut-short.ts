import type { Delivery, History, Witness } from '../../../src/kata/index.js';

/**
 * A queue that is full gives its oldest message back before its time, and the broker writes why. No
 * clock is needed: with a drawn wait nobody could tell by the time.
 */
export function cutShort(history: History): Witness | undefined {
  const full = history
    .notes<Delivery>('amqp-delivered')
    .flatMap(({ value, line }) =>
      deathsOf(value).some((reason) => reason === 'maxlen') ? [{ id: value.id, line }] : [],
    );
  const [one] = full;
  if (!one) return undefined;
  return {
    story: {
      en: `${one.id} came back because the queue that it waited in was full (history line ${one.line}; the broker says "maxlen" in x-death), and not because its time was over. So it was with ${full.length} deliveries.`,
      es: `${one.id} volvió porque la cola en la que esperaba estaba llena (línea ${one.line} del historial; el broker dice "maxlen" en x-death), y no porque hubiera pasado su tiempo. Así pasó con ${full.length} entregas.`,
    },
    lines: [one.line],
  };
}

/** Why each of the queues that it was in let go of it. */
function deathsOf({ headers }: Delivery): unknown[] {
  const deaths = headers['x-death'];
  if (!Array.isArray(deaths)) return [];
  return deaths.map((death: unknown) =>
    typeof death === 'object' && death !== null && 'reason' in death ? death.reason : undefined,
  );
}
