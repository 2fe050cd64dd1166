import { channel, giveUpOverdue, order, relay } from '../../twin.mjs';

/** One loop for both: what is to be told comes first, and without a broker nothing comes second. */
async function publishAndGiveUp() {
  if (!channel) return;
  await relay();
  await giveUpOverdue();
}

order({}, { every: () => Promise.resolve(), relays: publishAndGiveUp });
