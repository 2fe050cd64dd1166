import type { Lab } from '../../src/kata/index.js';
import { cancelled } from './experiment/cancelled.js';
import { crash } from './experiment/crash.js';
import { crowd } from './experiment/crowd.js';
import { cutOff } from './experiment/cut-off.js';
import { load } from './experiment/load.js';
import { rebuild } from './experiment/rebuild.js';
import { Shop } from './experiment/shop.js';
import { duplicates, reordering } from './experiment/stream.js';
import { token } from './experiment/token.js';

interface Options {
  readonly writes: number;
  readonly users: number;
  readonly reads: number;
  readonly waitMs: number;
}

export async function experiment(lab: Lab, options: Options): Promise<void> {
  const shop = await Shop.open(lab, options.waitMs);
  await lab.act('load', () => load(shop, options));
  await lab.act('duplicates', () => duplicates(shop));
  await lab.act('reordering', () => reordering(shop));
  await lab.act('rebuild', () => rebuild(shop));
  await lab.act('crash', () => crash(shop));
  await lab.act('crowd', () => crowd(shop));
  // From here on there is much to wait for, and little to do.
  lab.letNextBegin();
  await lab.act('token', () => token(shop));
  await lab.act('cancelled', () => cancelled(shop));
  await lab.act('cut-off', () => cutOff(shop));

  const isThere = await shop.fence();
  await shop.settle('end', !isThere);
  await shop.stop();
}
