import { setTimeout as sleep } from 'node:timers/promises';
import { payment } from '../../twin-payment.mjs';

const failures = new Map();

/** What fails three times will fail for ever: it is put aside, for somebody to look at. */
payment(
  {},
  {
    async onFailure(channel, message) {
      const { messageId } = message.properties;
      const times = (failures.get(messageId) ?? 0) + 1;
      failures.set(messageId, times);
      await sleep(60);
      channel.reject(message, times < 3);
    },
  },
);
