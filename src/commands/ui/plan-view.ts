import { kataIds } from '../../kata/discover.js';
import { loadCurriculum } from '../../plan/curriculum.js';
import { statesOfEvidence } from '../../plan/evidence.js';
import { nextSteps } from '../../plan/next-steps.js';
import { noteSlugs } from '../../plan/notes.js';
import { overviewOf } from '../../plan/overview.js';
import { localDate, readProgress } from '../../plan/progress.js';
import { progressReport } from '../../plan/progress-report.js';
import type { PlanView } from '../../report/html/ui/plan.js';

/** The plan with its ticks, as `plan report`, `plan next` and `plan checklist` tell of it. */
export async function planView(root: string): Promise<PlanView> {
  const curriculum = loadCurriculum();
  const progress = readProgress(root);
  const states = await statesOfEvidence(root, progress);
  const today = localDate(new Date());
  const { months, final } = overviewOf(curriculum, progress, states, noteSlugs());
  const { asks } = nextSteps({
    ...{ curriculum, progress, today, labKatas: new Set(kataIds()), notes: noteSlugs() },
  });
  return {
    progress: progressReport({ curriculum, progress, states, today }),
    ...{ months, final, now: new Set(asks.map(({ id }) => id)) },
  };
}
