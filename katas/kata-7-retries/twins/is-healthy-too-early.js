// Healthy as soon as it listens; it takes a while until it consumes.
import { setTimeout as sleep } from 'node:timers/promises';
import { consume, honest, live } from './twin.mjs';

live();
await sleep(1_500);
await consume(honest());
