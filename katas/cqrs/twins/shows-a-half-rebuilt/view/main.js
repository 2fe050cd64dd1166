import { ageMs, mayShow, view } from '../../twin.mjs';

/** What it has so far is good enough. */
view({
  mayShow: (asked) => ageMs() === undefined || mayShow(asked),
  ageMs: () => ageMs() ?? 0,
});
