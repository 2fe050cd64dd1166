import { pool, publish } from '../../twin.mjs';
import { order, take } from '../../twin-order.mjs';

/** No outbox: first the row, then the event. */
const later = (told) =>
  setImmediate(() =>
    publish('OrderCreated', told).catch((error) => process.stderr.write(`${error.message}\n`)),
  );

order(
  {},
  {
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (!isNew) return isNew;
      await tx.query(`DELETE FROM outbox WHERE key = 'OrderCreated' AND correlation_id = $1`, [
        told.order,
      ]);
      const { rows } = await pool.query('SELECT 1');
      if (rows.length > 0) later(told);
      return isNew;
    },
  },
);
