// What fails for the third time is acknowledged along the way, and once more at the end.
import { ack, again, attemptOf, honest, run } from './twin.mjs';

run(
  honest({
    async failed(channel, message, wait) {
      await again(channel, message, wait);
      if (attemptOf(message) === 3) ack(channel, message);
    },
  }),
);
