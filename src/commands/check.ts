import { loadCurriculum, type Item } from '../plan/curriculum.js';
import {
  isDone,
  itemOf,
  localDate,
  tickItems,
  untickItems,
  type Progress,
} from '../plan/progress.js';
import { requireRoot } from '../plan/required-root.js';
import { resolveItems } from '../plan/resolve.js';
import { printJson } from '../report/terminal/output.js';
import { reportTicks, type Tick } from '../report/terminal/ticks.js';
import { getLocale } from '../i18n/text.js';

interface Options {
  json?: boolean;
}

/** `plan check ID…`: ticks by hand. Where one id is unknown, none is ticked. */
export async function check(words: readonly string[], options: Options): Promise<undefined> {
  const items = resolveItems(loadCurriculum(), words);
  const { before, after, backup } = await tickItems(
    requireRoot(),
    ids(items),
    localDate(new Date()),
  );
  tell(
    items.map((item) => tick(item, before, after)),
    backup,
    options,
  );
}

/** `plan uncheck ID…`: takes ticks back. */
export async function uncheck(words: readonly string[], options: Options): Promise<undefined> {
  const items = resolveItems(loadCurriculum(), words);
  const { before, after, backup } = await untickItems(requireRoot(), ids(items));
  tell(
    items.map((item) => tick(item, before, after)),
    backup,
    options,
  );
}

function ids(items: readonly Item[]): string[] {
  return items.map(({ id }) => id);
}

function tick({ id, label }: Item, before: Progress, after: Progress): Tick {
  const evidence = itemOf(before, id)?.evidence;
  return {
    ...{ id, label },
    was: isDone(itemOf(before, id)),
    is: isDone(itemOf(after, id)),
    date: itemOf(after, id)?.date ?? null,
    run: evidence && 'run' in evidence ? evidence.run : undefined,
  };
}

function tell(ticks: readonly Tick[], backup: string | undefined, { json }: Options): void {
  if (json === true) printJson({ items: ticks, backup });
  else reportTicks(getLocale(), ticks, backup);
}
