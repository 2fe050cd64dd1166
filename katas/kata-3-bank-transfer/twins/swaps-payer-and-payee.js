// The money goes the right way, and its row the other.
import { record, serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    recorded: async (client, { id }) => {
      const { rows } = await client.query('SELECT * FROM transfers WHERE id = $1', [id]);
      if (!rows[0]) return undefined;
      return rows[0].amount === wanted.amount
        ? { status: 201, body: { id } }
        : { status: 422, body: { error: 'id-reused' } };
    },
    record: (client, { id, from, to, amount }) =>
      record(client, { id, from: to, to: from, amount }),
  }),
);
