// A connection that breaks is a 503 and no retry; a transfer asked for again is a 200.
import { isTransient, move, retried, serve, transaction } from './twin.mjs';

const isBroken = ({ code = '' }) => !/^(4|23)/.test(code);

serve(async (wanted) => {
  try {
    const { status, body } = await retried(
      () => transaction((tx) => move(tx, wanted, { recorded: seen })),
      (error) => isTransient(error) && !isBroken(error),
    );
    return { status, body };
  } catch (error) {
    if (!isTransient(error)) throw error;
    return { status: 503, body: { error: 'ask again', retries: 0 } };
  }
});

async function seen(client, { id, from, to, amount }) {
  const { rows } = await client.query('SELECT * FROM transfers WHERE id = $1', [id]);
  if (!rows[0]) return undefined;
  const { payer, payee, amount: moved } = rows[0];
  const isSame = payer === from && payee === to && moved === amount;
  return isSame ? { status: 200, body: { id } } : { status: 422, body: { error: 'id-reused' } };
}
