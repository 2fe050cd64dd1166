// Acknowledges first, so that nothing comes twice. What it loses in a crash nobody delivers again.
import { ack, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  ack(channel, message);
  await takeOnce(message).catch((error) => console.error(error.message));
});
