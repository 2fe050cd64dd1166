import { foldWith, pool, versionOf, view, write } from '../../twin.mjs';

/** Version after version: what comes too early waits, in a table of its own, for what is missing. */
const waits = `CREATE TABLE IF NOT EXISTS early (
  id text, version integer, event jsonb NOT NULL, PRIMARY KEY (id, version))`;
const ready = pool.query(waits);

async function inOrder(tx, event) {
  await ready;
  let version = await versionOf(tx, event.id);
  if (event.version > version)
    await tx.query('INSERT INTO early VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      ...[event.id, event.version, event],
    ]);
  for (;;) {
    const { rows } = await tx.query(
      'DELETE FROM early WHERE id = $1 AND version = $2 RETURNING event',
      [event.id, version + 1],
    );
    if (rows.length === 0) return;
    await write(tx, rows[0].event);
    version += 1;
  }
}

view({ fold: foldWith(inOrder) });
