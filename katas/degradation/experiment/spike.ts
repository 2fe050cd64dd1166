import { spike, type Again, type ClientRequest, type Reading } from '../../../src/kata/index.js';
import { attempts, lasts, lengthOfAct, quietRate, routes, times } from '../contract.js';
import type { Asked } from '../notes.js';
import { isGoodAnswer } from './clients.js';
import { Stand, type Load, type Surroundings } from './stand.js';

/** The first wait, milliseconds; each further one is twice as long, and by chance shorter. */
const baseMs = 60;

/** Five times as many for a moment; whoever gets no good answer hangs up in time and tries again. */
export async function playSpike(around: Surroundings): Promise<void> {
  const { lab, limits, clients } = around;
  const { quiet, trouble, after } = lasts.spike;
  const stand = await Stand.open(around, 'spike');
  const again = (request: ClientRequest, reading: Reading): Again | undefined => {
    const { attempt } = request.asked as Asked;
    if (attempt >= attempts || (reading.outcome === 'ok' && isGoodAnswer(reading.value)))
      return undefined;
    const afterMs = baseMs * 2 ** (attempt - 1) * (0.5 + 0.5 * lab.random.next());
    return { afterMs, request: clients.again(request) };
  };
  const loads = routes.map((route): Load => {
    const rate = quietRate(route, limits);
    const profile = spike(rate, times * rate, {
      ...{ beforeMs: quiet, highMs: trouble, afterMs: after },
    });
    return { route, profile, hangsUpAfterMs: limits.timeoutMs, again };
  });
  await stand.play(lengthOfAct('spike'), loads, () =>
    Promise.all([
      stand.until(quiet).then(() => stand.note('trouble')),
      stand.until(quiet + trouble).then(() => stand.note('after')),
    ]),
  );
  await stand.close();
}
