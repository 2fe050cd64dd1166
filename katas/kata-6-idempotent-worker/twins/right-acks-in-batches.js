// In order, and one acknowledgement with `multiple` for all that is done.
import { setTimeout as sleep } from 'node:timers/promises';
import { quietly, run, takeOnce } from './twin.mjs';

let last = Promise.resolve();
let due;

run(async (message, channel) => {
  last = last.then(async () => {
    while (
      !(await takeOnce(message).then(
        () => true,
        () => false,
      ))
    )
      await sleep(20);
    due = { raw: message.raw, channel };
  });
  await last;
  // Whoever is still due after the others of this turn speaks for them.
  await sleep(2);
  if (due?.raw === message.raw) quietly(() => channel.ack(message.raw, true));
});
