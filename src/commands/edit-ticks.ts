import { checklistTexts } from '../i18n/checklist.js';
import { getLocale, say, texts } from '../i18n/text.js';
import { localDate, updateProgress } from '../plan/progress.js';
import { withoutTicks, withTicks } from '../plan/progress/ticks.js';
import { evidenceText, type Checklist, type ChecklistItem } from '../report/terminal/checklist.js';
import { print } from '../report/terminal/output.js';
import { chooseMany, chooseOne, type Line } from '../report/terminal/questions.js';

/** The tick list on a terminal. Only what was changed in it is written. */
export async function editTicks(root: string, shown: Checklist): Promise<undefined> {
  const t = texts(checklistTexts);
  const chosen = await chooseMany(getLocale(), t.editWhat, linesOf(shown));
  const ticked = new Set(chosen);
  const items = itemsOf(shown);
  const fresh = items.filter(({ id, done }) => !done && ticked.has(id)).map(({ id }) => id);
  const taken = items.filter(({ id, done }) => done && !ticked.has(id)).map(({ id }) => id);
  const isLeft = chosen === undefined || !(await sure(items, fresh.length, taken.length));
  if (isLeft || fresh.length + taken.length === 0) {
    print(t.nothingChanged);
    return;
  }
  const today = localDate(new Date());
  await updateProgress(root, (progress) => withoutTicks(withTicks(progress, fresh, today), taken));
  print(t.saved(fresh.length, taken.length));
}

/** One key ticks everything, or nothing any more: that is asked once again. */
async function sure(
  items: readonly ChecklistItem[],
  fresh: number,
  taken: number,
): Promise<boolean> {
  const t = texts(checklistTexts);
  const done = items.filter((item) => item.done).length;
  const all = (some: number, of: number): boolean => some > 1 && some === of;
  const question = all(fresh, items.length - done)
    ? t.tickAll(fresh)
    : all(taken, done)
      ? t.takeAll(taken)
      : undefined;
  if (question === undefined) return true;
  const choices = (['no', 'yes'] as const).map((value) => ({ name: t.sure[value], value }));
  return (await chooseOne(getLocale(), question, choices, 'no')) === 'yes';
}

function itemsOf({ months, final }: Checklist): ChecklistItem[] {
  return [
    ...months.flatMap(({ blocks, milestone, line }) => [
      ...blocks.flatMap(({ items }) => items),
      milestone,
      line,
    ]),
    ...(final?.items ?? []),
  ];
}

function linesOf({ months, final }: Checklist): Line[] {
  const t = texts(checklistTexts);
  return [
    ...months.flatMap((month): Line[] => [
      { heading: `── ${t.month(month.number)} · ${say(month.title)} ──` },
      ...month.blocks.flatMap((block): Line[] => [
        { heading: `${say(block.title)}, ${t.weeks(...block.weeks)}` },
        ...block.items.map(choiceOf),
      ]),
      ...[month.milestone, month.line].map(choiceOf),
    ]),
    ...(final ? [{ heading: `── ${say(final.title)} ──` }, ...final.items.map(choiceOf)] : []),
  ];
}

function choiceOf(item: ChecklistItem): Line {
  const told = evidenceText(getLocale(), item);
  const name = `${item.id}  ${say(item.label)}${told === '' ? '' : `  (${told})`}`;
  return { name, value: item.id, checked: item.done };
}
