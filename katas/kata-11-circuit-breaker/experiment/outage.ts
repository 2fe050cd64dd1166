import { healthyMs, outage, outageMs, stuckMs, type Limits } from '../contract.js';
import { Stand, type Surroundings } from './stand.js';

/** Healthy, half of the calls fail, all fail, none is answered in time, healthy again. */
export async function playOutage(around: Surroundings, limits: Limits): Promise<void> {
  const { lab } = around;
  const lasts = outageMs(lab.strategy, limits);
  const behaviours = {
    healthy: { latencyMs: healthyMs },
    failing: { latencyMs: healthyMs, failing: 0.5 },
    down: { latencyMs: healthyMs, failing: 1 },
    stuck: { latencyMs: stuckMs(limits) },
    recovered: { latencyMs: healthyMs },
  };
  const phases = outage.map((name) => ({ name, ...behaviours[name], lastsMs: lasts[name] }));
  const [first] = phases;
  const stand = await Stand.open(around, 'outage', { ...(first && { quotes: first }) });
  const forMs = outage.reduce((sum, name) => sum + lasts[name], 0);
  await Promise.all([
    stand.quotes.follow(phases),
    stand.ask(limits.rate, forMs),
    stand.pulse(forMs),
  ]);
  await stand.close();
}
