import { healthyMs, outage, outageMs, stuckMs, type Limits } from '../contract.js';
import { playLayers } from './layers.js';
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
  const stand = await Stand.open(around, 'outage', { ...(first && { quotes: first }) });
  const forMs = outage.reduce((sum, name) => sum + lasts[name], 0);
  const knownAfterMs = lasts.healthy + lasts.failing;
  await Promise.all([
    stand.quotes.follow(phases),
    stand.ask(limits.rate, forMs, { knownAfter: Math.floor((knownAfterMs * limits.rate) / 1000) }),
    stand.pulse(forMs),
    // Of ids that quotes have too: whose old prices are whose shows when quotes fail.
    pause(lab, lasts.healthy).then(() => stand.askKnown('rates', ratesRate, lasts.failing)),
    playLayers(around),
  ]);
  await stand.close();
}
