// The inbox would grow for ever; so what is older than a moment is swept out.
import { charge, honest, mark, run, transaction } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ id, body }) =>
    transaction(async (tx) => {
      await tx.query(`DELETE FROM inbox WHERE received_at < clock_timestamp() - interval '1 s'`);
      if (await mark(tx, id)) await charge(tx, body);
    }),
  ),
);
