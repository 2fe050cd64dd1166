// After five failures in a row, of whichever messages, it spares the service for a while.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, again, attemptOf, attempts, charge, giveUp, run } from './twin.mjs';

const pauseMs = 450;
let failures = 0;
let pause = Promise.resolve();

run(async (message, channel) => {
  await pause;
  if (await charge(message.id)) failures = 0;
  else {
    failures += 1;
    if (failures % 5 === 0) pause = sleep(pauseMs);
    if (attemptOf(message) >= attempts) await giveUp(channel, message);
    else await again(channel, message);
  }
  ack(channel, message);
});
