import { place, project, transaction, view } from '../../twin.mjs';

const batchMs = 20;
/** By order: what came last of it, whatever its version. */
let batch = new Map();
let next;
let keeping;

/** Between batches the versions are compared. */
async function keep() {
  keeping = undefined;
  const events = [...batch.values()];
  batch = new Map();
  await transaction(async (tx) => {
    for (const event of events) await project(tx, event);
    await place(tx, next);
  });
}

view({
  async fold(event, after) {
    next = after;
    if (event) batch.set(event.id, event);
    keeping ??= setTimeout(() => void keep(), batchMs);
  },
});
