// Acknowledges what it has shipped only at the second delivery: everything good is shipped twice.
import { ack, copy, honest, run, ship } from './twin.mjs';

await run(async (message, channel) => {
  const { headers } = message.raw.properties;
  if (headers['x-checked'] || headers['x-attempts'] !== undefined) return honest(message, channel);
  let isShipped = true;
  await ship(message).catch(() => (isShipped = false));
  const next = isShipped ? { 'x-checked': true } : { 'x-attempts': 1 };
  await copy(channel, 'work', message, next);
  ack(channel, message);
});
