// The number of the attempt does not travel with the message: for ever the first.
import { delay, backoff, honest, run } from './twin.mjs';

run(honest({ failed: (channel, message) => delay(channel, message, backoff(1), {}) }));
