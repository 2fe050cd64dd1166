import { foldWith, view } from '../../twin.mjs';

const fold = foldWith();
let foldedAt = performance.now();

/** Where nothing is told, nothing is old: but it says how long ago it heard of anything. */
view({
  async fold(event, next) {
    await fold(event, next);
    foldedAt = performance.now();
  },
  ageMs: () => Math.round(performance.now() - foldedAt),
});
