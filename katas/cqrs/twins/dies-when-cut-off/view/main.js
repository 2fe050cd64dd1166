import { ageMs, mayShow, view } from '../../twin.mjs';

view({
  mayShow(what) {
    if (ageMs() > 0) process.exit(1);
    return mayShow(what);
  },
});
