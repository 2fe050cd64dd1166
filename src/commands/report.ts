import { loadCurriculum } from '../plan/curriculum.js';
import { statesOfEvidence } from '../plan/evidence.js';
import { localDate, readProgress } from '../plan/progress.js';
import { progressReport } from '../plan/progress-report.js';
import { requireRoot } from '../plan/required-root.js';
import { print, printJson } from '../report/terminal/output.js';
import { progressMarkdown } from '../report/markdown/progress.js';
import { reportProgress } from '../report/terminal/progress.js';
import { getLocale } from '../i18n/text.js';

interface Options {
  format?: 'terminal' | 'md' | 'json';
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
  else if (format === 'md') print(progressMarkdown(getLocale(), view));
  else reportProgress(getLocale(), view);
}
