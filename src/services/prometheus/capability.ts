import type { Metrics } from '../../kata/metrics.js';
import { texts } from '../../i18n/text.js';
import type { Capability } from '../capability.js';
import { refusesUs } from './connection.js';
import { endPlace, placeOn } from './place.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus } from './types.js';
import { prometheusWays } from './ways.js';

export const prometheus: Capability<RunningPrometheus, Metrics> = {
  ...prometheusWays,
  useKept: async (kept) => (await import('./kept.js')).useKeptPrometheus(kept),
  sharesKept: true,
  place: placeOn,
  async endLeftover({ name, kept }) {
    const { shelfOfKept } = await import('./kept.js');
    const { folderShelf } = await import('./shelf.js');
    const { folderIn } = await import('./url.js');
    const shelf = kept ? shelfOfKept(kept.handle) : folderShelf(folderIn(process.env));
    await endPlace(shelf, name);
  },
  describe: ({ name, server }) => texts(prometheusTexts).place(name, server),
  refusesUs,
  examine: async (env, found) => (await import('./doctor.js')).examinePrometheus(env, found),
};
