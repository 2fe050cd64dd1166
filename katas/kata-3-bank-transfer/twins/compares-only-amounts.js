// Takes an id for the same transfer where the amount is the same, whoever pays whom.
import { done, serve, transfer } from './twin.mjs';

async function recorded(client, { id, amount }) {
  const { rows } = await client.query('SELECT amount FROM transfers WHERE id = $1', [id]);
  if (!rows[0]) return undefined;
  return rows[0].amount === amount ? done({ id }) : { status: 422, body: { error: 'id-reused' } };
}

serve((wanted) => transfer(wanted, { recorded }));
