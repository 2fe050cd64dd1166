// What fails is handed back with `multiple`: what came before it goes along, done or not.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, quietly, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  try {
    await takeOnce(message);
    ack(channel, message);
  } catch {
    await sleep(50);
    quietly(() => channel.nack(message.raw, true, true));
  }
});
