// The money is moved in one transaction; that it was is written down in the next. One at a time for
// each id, so that only what dies in between shows it.
import { move, pool, record, retried, serve, transaction } from './twin.mjs';

const nothing = () => undefined;
const moveThenRecord = (wanted) =>
  retried(async () => {
    let isNew = false;
    const answer = await transaction((tx) => move(tx, wanted, { record: () => (isNew = true) }));
    if (isNew) await record(pool, wanted);
    return answer;
  });

const last = new Map();
serve((wanted) => {
  const mine = (last.get(wanted.id) ?? Promise.resolve()).then(() => moveThenRecord(wanted));
  last.set(wanted.id, mine.catch(nothing));
  return mine;
});
