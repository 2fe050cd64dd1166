import { exitCodes, PlanError } from '../base/errors.js';
import { checklistTexts } from '../i18n/checklist.js';
import { getLocale, texts } from '../i18n/text.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { statesOfEvidence } from '../plan/evidence.js';
import { noteSlugs } from '../plan/notes.js';
import { overviewOf, type Overview } from '../plan/overview.js';
import { readProgress } from '../plan/progress.js';
import { requireRoot } from '../plan/required-root.js';
import { reportChecklist, type Checklist } from '../report/terminal/checklist.js';
import { isInteractive, printJson } from '../report/terminal/output.js';

interface Options {
  month?: string;
  final?: boolean;
  edit?: boolean;
  json?: boolean;
}

/** `plan checklist`: the items by month with their ticks; on a terminal `--edit` ticks them. */
export async function checklist(options: Options): Promise<undefined> {
  const root = requireRoot();
  const shown = select(await overviewAt(root), options);
  if (options.json === true) printJson(shown);
  else if (options.edit === true && isInteractive()) {
    const { editTicks } = await import('./edit-ticks.js');
    await editTicks(root, shown);
  } else reportChecklist(getLocale(), shown);
}

export async function overviewAt(root: string): Promise<Overview> {
  const progress = readProgress(root);
  const states = await statesOfEvidence(root, progress);
  return overviewOf(loadCurriculum(), progress, states, noteSlugs());
}

function select(overview: Overview, { month, final }: Options): Checklist {
  const { months, unknown } = overview;
  const isAll = month === undefined && final !== true;
  const wanted = month === undefined ? undefined : monthOf(overview, month);
  return {
    months: isAll ? months : months.filter((each) => each === wanted),
    final: isAll || final === true ? overview.final : undefined,
    unknown: isAll ? unknown : [],
  };
}

function monthOf({ months }: Overview, given: string): Overview['months'][number] {
  const found = months.find(({ number }) => `${number}` === given.trim().replace(/^m/i, ''));
  if (found) return found;
  const t = texts(checklistTexts);
  throw new PlanError({
    code: 'bad-month',
    exit: exitCodes.usage,
    what: t.badMonth(given, months.length),
    mend: t.monthMend,
  });
}
