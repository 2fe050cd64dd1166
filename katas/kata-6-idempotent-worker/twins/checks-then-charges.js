// Looks for the charge, then charges: two deliveries at once both see nothing.
import { charge, honest, run, transaction } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ body }) =>
    transaction(async (tx) => {
      const { rowCount } = await tx.query('SELECT FROM charges WHERE payment = $1', [body.payment]);
      if (rowCount === 0) await charge(tx, body);
    }),
  ),
);
