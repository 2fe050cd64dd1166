import { steady } from '../../../src/kata/index.js';
import { healthyMs, ratesVariable } from '../contract.js';
import { layered } from '../notes.js';
import type { Surroundings } from './stand.js';

const rate = 40;
const forMs = 500;

/**
 * One program asks another one of its kind, which asks a service that is down.
 * @returns plays it: both are there by then, as a program that starts is a load of its own
 */
export async function openLayers({ lab, clients }: Surroundings): Promise<() => Promise<void>> {
  const first = { name: 'down', latencyMs: healthyMs, failing: 1 };
  const dependency = await lab.dependency({ name: layered, first });
  const start = (upstream: { readonly url: string }) =>
    lab.start({ upstream, env: { [ratesVariable]: dependency.url } });
  const back = await start(dependency);
  const front = await start(back);
  const next = () => clients.throughLayers();
  return async () => {
    await lab.open(front, { profile: [steady(rate, forMs)], users: 200, next, unmeasured: true });
    await Promise.all([front.stop(), back.stop()]);
    await dependency.stop();
  };
}
