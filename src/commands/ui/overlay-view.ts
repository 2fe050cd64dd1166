import path from 'node:path';
import type { Context } from 'hono';
import { listKatas, type KataOnDisk } from '../../kata/discover.js';
import { storedRuns } from '../../lab/archive/runs.js';
import type { OverlayCase, OverlayRun, OverlayView } from '../../report/html/ui/overlay.js';
import { curveSideOf } from '../../report/view/curve-side.js';
import { rowsOf } from '../../report/view/rows.js';
import { curvesOf } from '../run-page.js';
import { openStored } from './open-run.js';
import type { Site } from './place.js';

/** Of each kata; more lie in its folder. */
const mostRuns = 20;
/** As many as can be told apart by colour and dashes. */
const mostCurves = 8;

/** What lies over what is what the address says: `?run=kata-4/…&run=kata-1/…&case=…`. */
export async function overlayView({ req }: Context, site: Site): Promise<OverlayView> {
  const wanted = (req.queries('run') ?? []).filter((run) => run !== '').slice(0, 2);
  const ticked = req.queries('case') ?? [];
  const cases = (await Promise.all([...new Set(wanted)].map((run) => casesOf(site, run)))).flat();
  const isTicked = ({ id, run }: OverlayCase): boolean =>
    ticked.includes(id) || !ticked.some((other) => other.startsWith(`${run}/`));
  const shown = cases.filter(isTicked).slice(0, mostCurves);
  return { runs: await runsOf(site.root), wanted, cases, shown };
}

async function runsOf(root: string): Promise<OverlayRun[]> {
  const katas = await listKatas();
  return (await Promise.all(katas.map((kata) => runsOfKata(root, kata)))).flat();
}

async function runsOfKata(root: string, { kata }: KataOnDisk): Promise<OverlayRun[]> {
  const runs: OverlayRun[] = [];
  for await (const { folder, record } of storedRuns(root, kata.id)) {
    const isMeasured = record?.cases.some(({ latency }) => latency);
    if (record && isMeasured)
      runs.push({ kata, run: `${kata.id}/${path.basename(folder)}`, record });
    if (runs.length >= mostRuns) break;
  }
  return runs;
}

/** Those of a run that were measured; none where there is no such run. */
async function casesOf(site: Site, run: string): Promise<OverlayCase[]> {
  const [id = '', name = ''] = run.split('/');
  const open = await openStored(site, id, name);
  if (!open) return [];
  const { kata, record, folder } = open;
  const curveOf = await curvesOf(folder, record);
  const rows = rowsOf(kata, record.cases);
  return rows
    .filter(({ first }) => first.latency)
    .map((row) => {
      const side = curveSideOf(kata, rows, row, curveOf);
      return { id: `${run}/${row.first.slug}`, run, kata, record, side };
    });
}
