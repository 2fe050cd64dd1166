// What is no shipment is thrown away: it would not get better.
import { ack, giveUpOrAgain, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  if (typeof message.body?.id !== 'string') ack(channel, message);
  else await giveUpOrAgain(message, channel, error);
});
