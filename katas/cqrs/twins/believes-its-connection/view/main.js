import { setTimeout as sleep } from 'node:timers/promises';
import { ageMs, fromPlace, mayShow, view } from '../../twin.mjs';

/** It knew everything once, so it does as soon as it reaches the broker again. */
let [wasCurrent, isBack] = [false, false];

view({
  async from() {
    isBack = wasCurrent;
    if (isBack) await sleep(500);
    return fromPlace();
  },
  mayShow(what) {
    wasCurrent ||= ageMs() === 0;
    return isBack || mayShow(what);
  },
  ageMs: () => (isBack ? 0 : ageMs()),
});
