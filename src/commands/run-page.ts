import path from 'node:path';
import { errorMessage } from '../base/errors.js';
import { pageTexts } from '../i18n/page.js';
import { getLocale, texts } from '../i18n/text.js';
import type { LatencyCurve, RunRecord } from '../kata/run-record.js';
import { readCurve } from '../lab/archive/curve.js';
import { pageName, writePage } from '../lab/archive/page.js';
import type { RunPageInput } from '../report/html/run-body.js';
import { printProgress } from '../report/terminal/output.js';

/**
 * Leaves `report.html` in the run's folder. A page that can't be written takes nothing away from
 * what was measured: it is told and no more.
 * @param root of the run: the learner's, or where it was run without one
 * @returns its path as the record has its folder; undefined where there is none
 */
export async function leavePage(
  root: string,
  told: Omit<RunPageInput, 'curveOf'>,
): Promise<string | undefined> {
  const { record } = told;
  // It left no folder either.
  if (record.cases.length === 0) return undefined;
  const folder = path.resolve(root, record.folder);
  const page = path.join(record.folder, pageName);
  try {
    const { runPage } = await import('../report/html/run.js');
    const curveOf = await curvesOf(folder, record);
    await writePage(folder, runPage(getLocale(), { ...told, curveOf }));
    return page;
  } catch (error) {
    const t = texts(pageTexts);
    printProgress(`! ${t.notWritten(page, errorMessage(error))}\n→ ${t.notWrittenMend(folder)}`);
    return undefined;
  }
}

/** The latencies of every case of a run, from its folder. */
export async function curvesOf(
  folder: string,
  { cases }: RunRecord,
): Promise<RunPageInput['curveOf']> {
  const curves = new Map<string, LatencyCurve>();
  for (const { slug, latency } of cases)
    if (latency) curves.set(slug, await readCurve(folder, slug));
  return (slug) => curves.get(slug) ?? [];
}
