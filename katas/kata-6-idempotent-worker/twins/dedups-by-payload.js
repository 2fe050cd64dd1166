// Takes two payments of the same amount from the same account for one.
import { honest, run, takeOnce } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ body }) => takeOnce({ id: `${body.account}:${body.amount}`, body })),
);
