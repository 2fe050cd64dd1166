import { listKatas } from '../kata/discover.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { statesOfEvidence } from '../plan/evidence.js';
import { kataOverview } from '../plan/katas.js';
import { readProgress } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import { reportKatas, katasJson } from '../report/terminal/katas.js';
import { printJson } from '../report/terminal/output.js';
import { getLocale } from '../i18n/text.js';

/** `plan list`: the katas of the lab and those that the plan has besides. */
export async function list({
  json = false,
  wide = false,
}: {
  json?: boolean;
  wide?: boolean;
}): Promise<undefined> {
  const root = findRoot(process.cwd());
  const progress = root === undefined ? undefined : readProgress(root);
  const katas = kataOverview({
    curriculum: loadCurriculum(),
    katas: (await listKatas()).map(({ kata }) => kata),
    progress,
    states:
      root === undefined || progress === undefined
        ? new Map()
        : await statesOfEvidence(root, progress),
  });
  if (json) printJson(katasJson(getLocale(), katas));
  else
    reportKatas(getLocale(), katas, { hasRoot: root !== undefined, rest: wide ? 'below' : 'told' });
}
