import type { Kata } from '../kata/define.js';
import { listKatas } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { storedRuns } from '../lab/archive/runs.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { statesOfEvidence } from '../plan/evidence.js';
import { localDate, readProgress } from '../plan/progress.js';
import { progressReport } from '../plan/progress-report.js';
import { requireRoot } from '../plan/required-root.js';
import { print, printJson } from '../report/terminal/output.js';
import { progressMarkdown } from '../report/markdown/progress.js';
import type { ProgressView } from '../report/view/progress.js';
import { reportProgress } from '../report/terminal/progress.js';
import { getLocale } from '../i18n/text.js';

interface Options {
  format?: 'terminal' | 'md' | 'html' | 'json';
  json?: boolean;
}

/** `plan report`: how far, how fast, and what proves it. */
export async function report({ format = 'terminal', json }: Options): Promise<undefined> {
  const root = requireRoot();
  const progress = readProgress(root);
  const view = progressReport({
    curriculum: loadCurriculum(),
    progress,
    states: await statesOfEvidence(root, progress),
    today: localDate(new Date()),
  });
  if (json === true || format === 'json') printJson(view);
  else if (format === 'html') print(await htmlOf(root, view));
  else if (format === 'md') print(progressMarkdown(getLocale(), view));
  else reportProgress(getLocale(), view);
}

/** With the newest run of each kata that there is one of. */
async function htmlOf(root: string, view: ProgressView): Promise<string> {
  const { progressPage } = await import('../report/html/progress.js');
  const runs: { kata: Kata; record: RunRecord }[] = [];
  for (const { kata } of await listKatas())
    for await (const { record } of storedRuns(root, kata.id)) {
      if (record === undefined || record.cases.length === 0) continue;
      runs.push({ kata, record });
      break;
    }
  return progressPage(getLocale(), view, runs, PLAN_VERSION);
}
