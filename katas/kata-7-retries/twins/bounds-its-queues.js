// A queue of ten at most lets its oldest message go when another comes: back to work, too early.
import { again, honest, run } from './twin.mjs';

run(
  honest({ failed: (channel, message, wait) => again(channel, message, wait, { maxLength: 10 }) }),
);
