import { asksTheWriteSide } from '../contract.js';
import type { Proxies, Shop } from './shop.js';

const halfWithinMs = 8_000;
const startsWithinMs = 1_500;

export interface HalfWay {
  readonly reader: number;
  readonly customers: readonly string[];
  /** The stream stands still before the first event with this in it. */
  readonly before: string;
  /** It is asked once more after so long, in which nothing comes: to some that is the end of the stream. */
  readonly silentMs?: number;
}

/**
 * The view, killed, starts anew, and is asked while the stream has come to it only half.
 * @returns whether the stream was met there, and whether the view listened then
 */
export async function beginAgain(
  shop: Shop,
  { reader, customers, before, silentMs }: HalfWay,
  proxies: Proxies = {},
): Promise<{ readonly met: boolean; readonly asked: boolean }> {
  const { lab, broker } = shop;
  // Held before the program that reads it is there.
  const half = broker.hold('to-client', { pattern: before, first: 1 });
  const started = lab.start('view', { broker, ...proxies });
  let isListening = false;
  void started.then(
    () => (isListening = true),
    () => undefined,
  );
  const asking = (async () => {
    const met = lab.strategy !== asksTheWriteSide && (await half.reached(halfWithinMs));
    // Some are healthy only once they have all of it, and then there is nobody to ask before.
    const asked = (await lab.until('the view listens', () => isListening, startsWithinMs)) ?? false;
    if (asked) {
      shop.view = await started;
      for (const customer of [...customers, ...customers]) await shop.list(reader, customer);
      if (silentMs !== undefined && met) {
        const since = performance.now();
        await lab.until('nothing comes', () => performance.now() - since > silentMs);
        for (const customer of customers) await shop.list(reader, customer);
      }
    }
    half.release();
    broker.heal();
    return { met, asked };
  })();
  const [halfWay] = await Promise.all([asking, started]);
  shop.view = await started;
  return halfWay;
}
