// "Redelivered" means that it may have been done. It takes it for done.
import { honest, run, takeOnce } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, async (one) => {
    if (!one.redelivered) await takeOnce(one);
  }),
);
