// Knows in memory what it has shipped, and asks for none of it twice.
import { ack, giveUpOrAgain, honest, run } from './twin.mjs';

const shipped = new Set();

await run(async (message, channel) => {
  if (shipped.has(message.id)) return ack(channel, message);
  let failed = false;
  await honest(message, channel, async (poison, on, error) => {
    failed = true;
    await giveUpOrAgain(poison, on, error);
  });
  if (!failed) shipped.add(message.id);
});
