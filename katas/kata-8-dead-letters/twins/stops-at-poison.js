// After its first dead letter it takes no more: somebody should look into it.
import { ack, attempts, copy, dead, giveUpOrAgain, madeOf, honest, run } from './twin.mjs';

let isStopped = false;

await run(async (message, channel) => {
  if (isStopped) return;
  await honest(message, channel, async (poison, on, error) => {
    const made = madeOf(poison) + 1;
    if (made < attempts) return giveUpOrAgain(poison, on, error);
    isStopped = true;
    await copy(on, dead, poison, { 'x-attempts': made, 'x-reason': error.message });
    ack(on, poison);
  });
});
