import { capacity } from '../contract.js';
import type { Stopping } from '../notes.js';
import { Stand, type Surroundings } from './stand.js';

/** The contract gives five seconds from SIGTERM to the end; so much work fits in well. */
const workMs = 2_000;

/**
 * SIGTERM with accepted jobs waiting: what only this program knows of, it does before it ends. What
 * is at the broker, its successor does.
 */
export async function shutDown(around: Surroundings): Promise<void> {
  const { lab, limits, producers } = around;
  const stand = await Stand.open(around, 'shutdown');
  const most = Math.max(1, Math.floor((workMs * capacity(limits)) / 1000));
  await stand.burst(Math.min(limits.limit, most));
  if (limits.way === 'rabbitmq')
    await lab.until('work is in hand', () => stand.dependency.calls > 0);
  const accepted = producers.acceptedIn('shutdown');
  lab.note('stopping', { accepted } satisfies Stopping);
  if (limits.way === 'http') await stand.stopProgram();
  else {
    await stand.replaced();
    await stand.settled();
  }
  await stand.close();
}
