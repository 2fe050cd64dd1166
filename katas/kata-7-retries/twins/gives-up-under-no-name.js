// What it gives up has lost its message_id.
import { attempts, honest, publish, run } from './twin.mjs';

run(
  honest({
    last: (channel, message) =>
      publish(
        channel,
        'work.failed',
        message,
        { 'x-attempts': attempts },
        { messageId: undefined },
      ),
  }),
);
