// Sends the service what it did not ask for.
import { ack, charge, run } from './twin.mjs';

run(async (message, channel) => {
  await charge(`charge of ${message.id}`);
  ack(channel, message);
});
