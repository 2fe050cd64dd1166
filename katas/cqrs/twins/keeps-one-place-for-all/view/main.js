import { one, project, transaction, view } from '../../twin.mjs';

/** The events of one order stay in line; others go on beside them. */
const lanes = Array.from({ length: 4 }, () => Promise.resolve());
const laneOf = (id) => [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 4;

/** What it did is kept with how far it is; but how far are the others? */
const noting = (next, work) =>
  transaction(async (tx) => {
    await work(tx);
    await one(
      tx,
      `INSERT INTO position (stream, next) VALUES ('view', $1)
       ON CONFLICT (stream) DO UPDATE SET next = greatest(position.next, $1)`,
      next,
    );
  });

view({
  async fold(event, next) {
    if (!event) {
      await Promise.all(lanes);
      return noting(next, () => Promise.resolve());
    }
    const n = laneOf(event.id);
    lanes[n] = lanes[n].then(() => noting(next, (tx) => project(tx, event))).catch(() => undefined);
  },
});
