// Looks, then charges, serializable: whoever comes second is refused and does it again.
import { charge, honest, run, transaction } from './twin.mjs';

const refused = new Set(['40001', '40P01']);

async function take(message) {
  const once = async (tx) => {
    const { payment } = message.body;
    const { rowCount } = await tx.query('SELECT FROM charges WHERE payment = $1', [payment]);
    if (rowCount === 0) await charge(tx, message.body);
  };
  for (;;) {
    try {
      return await transaction(once, 'SERIALIZABLE');
    } catch (error) {
      if (!refused.has(error.code)) throw error;
    }
  }
}

run((message, channel) => honest(message, channel, take), { prefetch: 5 });
