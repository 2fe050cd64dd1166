import { setTimeout as sleep } from 'node:timers/promises';
import type { Strategy } from './orders.js';

/**
 * One process, one event loop. Ten thousand requests wait at once, and it costs ten thousand small
 * objects: nobody holds a thread while nothing is to be done. But all that is to be computed runs
 * one after the other, on one core, and whatever computes for long holds up everybody.
 */
export const oneCore: Strategy = ({ ioMs, serve }) => {
  serve(() => sleep(ioMs));
};
