// Reads no body before it asks: for what has no id the warehouse gets an order without one.
import { honest, run } from './twin.mjs';

await run(async (message, channel) => {
  const { id } = message.body ?? {};
  if (id === undefined)
    await fetch(`${process.env.UPSTREAM_URL}/shipments`, { method: 'POST', body: '{}' });
  await honest(message, channel);
});
