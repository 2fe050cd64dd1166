import { order, take } from '../../twin-order.mjs';

/** Who asks again has not lost patience, and is waited for as long once more. */
async function taking(tx, told) {
  const isNew = await take(tx, told);
  if (isNew === false)
    await tx.query('UPDATE orders SET created_at = clock_timestamp() WHERE id = $1', [told.order]);
  return isNew;
}

order({}, { taking });
