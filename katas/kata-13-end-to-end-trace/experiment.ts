import type { Lab } from '../../src/kata/index.js';
import { contexts } from './experiment/contexts.js';
import { crowd } from './experiment/crowd.js';
import { shutdown } from './experiment/shutdown.js';
import { slo } from './experiment/slo.js';
import { Shop } from './experiment/shop.js';
import { comesTwice, failsOnce, slowStatement, unknownPaths } from './experiment/troubles.js';

interface Options {
  readonly requests: number;
  readonly slo: string;
}

export async function experiment(lab: Lab, { requests, slo: asked }: Options): Promise<void> {
  const shop = await Shop.open(lab);
  await lab.act('contexts', () => contexts(shop));
  await lab.act('crowd', () => crowd(shop, requests));
  await lab.act('comes-twice', () => comesTwice(shop));
  await lab.act('fails-once', () => failsOnce(shop));
  await lab.act('slow-statement', () => slowStatement(shop));
  await lab.act('unknown-paths', () => unknownPaths(shop));
  if (asked === 'on') await lab.act('slo', () => slo(shop));
  lab.letNextBegin();
  await lab.broker.settled(['orders']);
  await shop.scrape('end');
  await lab.act('shutdown', () => shutdown(shop));
  // What they still have in hand they tell as they end.
  await shop.api.stop();
  await shop.worker.stop();
  await shop.rows();
  await shop.logs();
}
