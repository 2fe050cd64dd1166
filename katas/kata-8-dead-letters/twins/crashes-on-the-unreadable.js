// Reads a field of null, where nobody catches it.
import { honest, run } from './twin.mjs';

await run(async (message, channel) => {
  if (message.body === null) process.nextTick(() => console.log(message.body.id));
  await honest(message, channel);
});
