import type { Lab } from '../../src/kata/index.js';
import { hasBreaker, type Limits } from './contract.js';
import { playHalfOpen } from './experiment/half-open.js';
import { playOutage } from './experiment/outage.js';
import { playQuiet } from './experiment/quiet.js';
import { Clients } from './experiment/requests.js';
import { playTrips } from './experiment/trips.js';

/** The outage compares all strategies; what is about breakers is asked of breakers alone. */
export async function experiment(lab: Lab, limits: Limits): Promise<void> {
  const around = { lab, limits, clients: new Clients() };
  await lab.act('outage', () => playOutage(around, limits));
  if (!hasBreaker(lab.strategy)) return;
  await lab.act('quiet', () => playQuiet(around, limits));
  await lab.act('trips', () => playTrips(around, limits));
  await lab.act('half-open', () => playHalfOpen(around, limits));
}
