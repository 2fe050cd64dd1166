import { channel, relay } from '../../twin.mjs';
import { giveUpOverdue, order } from '../../twin-order.mjs';

/** One loop for both: what is to be told comes first, and without a broker nothing comes second. */
async function publishAndGiveUp() {
  if (!channel) return;
  await relay();
  await giveUpOverdue();
}

order({}, { every: () => Promise.resolve(), relays: publishAndGiveUp });
