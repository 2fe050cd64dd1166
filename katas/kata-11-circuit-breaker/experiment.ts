import type { Lab } from '../../src/kata/index.js';
import { hasBreaker, type Limits } from './contract.js';
import { playHalfOpen } from './experiment/half-open.js';
import { playOutage } from './experiment/outage.js';
import { playQuiet } from './experiment/quiet.js';
import { Clients } from './experiment/requests.js';
import type { Surroundings } from './experiment/stand.js';
import { playTrips } from './experiment/trips.js';

type Play = (around: Surroundings, limits: Limits) => Promise<void>;

/** The outage compares all strategies; what is about breakers is asked of breakers alone. */
export async function experiment(lab: Lab, limits: Limits): Promise<void> {
  const clients = new Clients();
  let isCrowded = false;
  const act = (name: string, play: Play): Promise<void> =>
    lab.act(name, (times) => {
      isCrowded ||= times > 1;
      return play({ lab, limits, clients, isCrowded }, limits);
    });
  await act('outage', playOutage);
  if (!hasBreaker(lab.strategy)) return;
  await act('quiet', playQuiet);
  await act('trips', playTrips);
  await act('half-open', playHalfOpen);
}
