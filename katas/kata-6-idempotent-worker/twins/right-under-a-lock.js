// Looks, then charges, and nobody else can do the same for this message meanwhile.
import { charge, honest, run, transaction } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, ({ id, body }) =>
    transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [id]);
      const { rowCount } = await tx.query('SELECT FROM charges WHERE payment = $1', [body.payment]);
      if (rowCount === 0) await charge(tx, body);
    }),
  ),
);
