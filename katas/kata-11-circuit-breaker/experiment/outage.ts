import { Together } from '../../../src/kata/index.js';
import { healthyMs, outage, outageMs, stuckMs, type Limits } from '../contract.js';
import { openLayers } from './layers.js';
import { pause, Stand, type Surroundings } from './stand.js';

/** Requests a second, beside the quotes. */
const ratesRate = 40;

/** Healthy, half of the calls fail, all fail, none is answered in time, healthy again. */
export async function playOutage(around: Surroundings, limits: Limits): Promise<void> {
  const { lab } = around;
  const lasts = outageMs(lab.strategy, limits);
  const behaviours = {
    healthy: { latencyMs: healthyMs },
    // In turn, not by chance: whoever counts failures in a row never finds two.
    failing: { latencyMs: healthyMs, failsEach: 2 },
    down: { latencyMs: healthyMs, failing: 1 },
    // Who bounds only the wait for the head, or for the next byte, waits on.
    stuck: {
      ...{ latencyMs: stuckMs(limits), headFirst: true as const },
      trickleMs: Math.round(limits.timeoutMs / 4),
    },
    recovered: { latencyMs: healthyMs },
  };
  const phases = outage.map((name) => ({ name, ...behaviours[name], lastsMs: lasts[name] }));
  const [first] = phases;
  const open = () => Stand.open(around, 'outage', { ...(first && { quotes: first }) });
  const layersBefore = around.isCrowded ? await openLayers(around) : undefined;
  await layersBefore?.();
  const [stand, layers] = await Promise.all([
    open(),
    layersBefore ? undefined : openLayers(around),
  ]);
  const forMs = outage.reduce((sum, name) => sum + lasts[name], 0);
  const knownAfterMs = lasts.healthy + lasts.failing;
  const knownAfter = Math.floor((knownAfterMs * limits.rate) / 1000);
  const begins = new Together(1);
  await Promise.all([
    begins.begun.then(() => stand.quotes.follow(phases)),
    stand.ask(limits.rate, forMs, { knownAfter, begins }),
    stand.pulse(forMs),
    // Of ids that quotes have too: whose old prices are whose shows when quotes fail.
    begins.begun
      .then(() => pause(lab, lasts.healthy))
      .then(() => stand.askKnown('rates', ratesRate, lasts.failing)),
    layers?.(),
  ]);
  await stand.close('silent');
}
