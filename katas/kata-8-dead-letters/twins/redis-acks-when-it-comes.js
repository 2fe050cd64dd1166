// On Redis Streams: takes a message from the group as it is read, and ships it then.
import { ack, giveUpOrAgain, run, ship } from './twin-redis.mjs';

await run(async (message) => {
  await ack(message);
  await ship(message).catch((error) => giveUpOrAgain(message, error));
});
