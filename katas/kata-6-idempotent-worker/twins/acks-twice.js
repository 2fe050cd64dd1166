// Every tenth message is acknowledged twice: the broker closes the channel with 406.
import { ack, honest, run } from './twin.mjs';

let seen = 0;
run(async (message, channel) => {
  await honest(message, channel);
  seen += 1;
  if (seen % 10 === 0) ack(channel, message);
});
