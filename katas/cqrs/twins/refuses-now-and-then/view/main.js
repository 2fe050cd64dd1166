import { mayShow, view } from '../../twin.mjs';

let asked = 0;

view({
  mayShow(what) {
    if (what.token !== undefined) return mayShow(what);
    asked += 1;
    return asked % 12 !== 7 && mayShow(what);
  },
});
