// The reason lies in one variable for all, and is read after a pause: by then it is another one's.
import { setTimeout as sleep } from 'node:timers/promises';
import { giveUpOrAgain, runWith } from './twin.mjs';

let last = new Error('no reason yet');

await runWith(async (message, channel, error) => {
  last = error;
  await sleep(40);
  await giveUpOrAgain(message, channel, last);
});
