// Looks whether the answer is "ok", and not whether it is 201.
import { ack, giveUpOrAgain, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  if (error.message.startsWith('200')) return ack(channel, message);
  await giveUpOrAgain(message, channel, error);
});
