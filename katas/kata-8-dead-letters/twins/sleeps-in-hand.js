// Waits with the message in hand: a handful of them, and nobody else moves meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { giveUpOrAgain, runWith } from './twin.mjs';

await runWith(async (message, channel, error) => {
  await sleep(900);
  await giveUpOrAgain(message, channel, error);
});
