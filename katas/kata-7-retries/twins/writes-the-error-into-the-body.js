// Whoever looks into work.failed finds there what went wrong, and no longer what was asked for.
import { giveUp, honest, run } from './twin.mjs';

const explained = (message) => ({
  ...message,
  body: { ...message.body, error: 'service unavailable' },
});

run(honest({ last: (channel, message) => giveUp(channel, explained(message)) }));
