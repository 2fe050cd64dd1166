// Where the database fails it does not give the message back, but tries again.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, run, takeOnce } from './twin.mjs';

run(async (message, channel) => {
  while (
    !(await takeOnce(message).then(
      () => true,
      () => false,
    ))
  )
    await sleep(20);
  ack(channel, message);
});
