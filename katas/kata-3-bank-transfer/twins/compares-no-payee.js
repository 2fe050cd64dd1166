// An id is another transfer's where the payer or the amount differs; who is paid is not looked at.
import { done, serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    async recorded(client, { id, from, amount }) {
      const { rows } = await client.query('SELECT * FROM transfers WHERE id = $1', [id]);
      const [row] = rows;
      if (!row) return undefined;
      const isSame = row.payer === from && row.amount === amount;
      return isSame ? done({ id }) : { status: 422, body: { error: 'id-reused' } };
    },
  }),
);
