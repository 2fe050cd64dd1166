// What it gives up does not say how often it was tried.
import { honest, publish, run } from './twin.mjs';

run(honest({ last: (channel, message) => publish(channel, 'work.failed', message, {}) }));
