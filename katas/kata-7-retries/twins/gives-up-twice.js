// To be sure.
import { giveUp, honest, run } from './twin.mjs';

run(
  honest({
    async last(channel, message) {
      await giveUp(channel, message);
      await giveUp(channel, message);
    },
  }),
);
