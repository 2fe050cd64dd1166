// Acknowledges on whichever channel it has by now, not on the one on which the message came.
import { honest, run, takeOnce } from './twin.mjs';

let latest;
run((message, channel) => {
  latest = channel;
  const moved = { ack: (raw) => latest.ack(raw), nack: (...asked) => channel.nack(...asked) };
  return honest(message, moved, takeOnce);
});
