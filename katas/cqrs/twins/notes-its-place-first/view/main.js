import { place, pool, project, transaction, view } from '../../twin.mjs';

/** As an acknowledgement before the work: who dies in between never sees that event again. */
view({
  async fold(event, next) {
    await place(pool, next);
    if (event) await transaction((tx) => project(tx, event));
  },
});
