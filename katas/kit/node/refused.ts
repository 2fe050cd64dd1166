import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './publish.js';

/** So often a broker may refuse one message while it takes others. */
const attempts = 3;
const pauseMs = 100;

/** A message that the broker always refuses, and why. */
export interface Refusal<Row> {
  readonly row: Row;
  readonly reason: string;
}

/**
 * Publishes all of them; the broker has those that are not given back.
 *
 * One that it always refuses (too large, say) would stop all behind it for ever. It is told only
 * where the broker takes another: one that is away, or refuses everybody, is waited for. To count its
 * failures too would set all aside that came while it was down.
 * @param another to try where all of these are refused; it may come twice then
 * @throws where the broker is away, or refuses everybody
 */
export async function publishAll<Row>(
  publish: (rows: readonly Row[]) => Promise<void>,
  rows: readonly Row[],
  another: () => Promise<Row | undefined>,
): Promise<readonly Refusal<Row>[]> {
  try {
    if (rows.length > 0) await publish(rows);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const refused: Refusal<Row>[] = [];
    for (const row of rows) {
      const reason = await refusalOf(publish, row);
      if (reason !== undefined) refused.push({ row, reason });
    }
    if (refused.length < rows.length) return refused;
    const other = await another();
    if (other === undefined || (await refusalOf(publish, other)) !== undefined) throw error;
    return refused;
  }
}

/** Why the broker refuses it, each time anew. */
async function refusalOf<Row>(
  publish: (rows: readonly Row[]) => Promise<void>,
  row: Row,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await publish([row]);
      return undefined;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (attempt === attempts) return error.message;
      await sleep(pauseMs);
    }
  }
}
