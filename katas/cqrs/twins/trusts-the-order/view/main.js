import { foldWith, view, write } from '../../twin.mjs';

/** Whatever came last is the newest. */
view({ fold: foldWith(write) });
