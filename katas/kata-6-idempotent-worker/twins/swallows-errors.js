// Where the database fails it logs, and acknowledges all the same.
import { ack, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  await takeOnce(message).catch((error) => console.error(error.message));
  ack(channel, message);
});
