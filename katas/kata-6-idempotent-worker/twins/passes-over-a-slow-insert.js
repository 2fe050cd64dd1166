// An INSERT that takes too long is passed over, and the COMMIT of a failed transaction is no error.
import { charge, honest, mark, run, transaction } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ id, body }) =>
    transaction(async (tx) => {
      await tx.query("SET LOCAL statement_timeout = '500ms'");
      try {
        if (await mark(tx, id)) await charge(tx, body);
      } catch (error) {
        if (error.code !== '57014') throw error;
      }
    }),
  ),
);
