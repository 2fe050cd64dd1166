import type { Text } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import { allItems, findItem, type Curriculum, type Item } from './curriculum.js';
import type { EvidenceState } from './evidence.js';
import type { Count } from './overview.js';
import { heldOf, isDone, itemOf, type Progress, type RunFigures } from './progress.js';

/** A kata of the plan, of the lab, or of both. */
export interface KataOverview {
  readonly id: string;
  readonly title: Text;
  /** Undefined for a kata that the plan doesn't have. */
  readonly item: string | undefined;
  readonly month: number | undefined;
  readonly block: string | undefined;
  readonly weeks: readonly [number, number] | undefined;
  /** Undefined where the lab doesn't have it yet. */
  readonly lab:
    Pick<Kata, 'languages' | 'services' | 'servicesFor' | 'options' | 'strategies'> | undefined;
  readonly last: RunFigures | undefined;
  readonly done: boolean;
  /** YYYY-MM-DD; null where it isn't known or not done. */
  readonly date: string | null;
  /** Of the tick; undefined where there is none. */
  readonly evidence: EvidenceState | undefined;
  /** Of a system: how many roles have held as the learner's own so far. */
  readonly held: Count | undefined;
}

interface Sources {
  readonly curriculum: Curriculum;
  /** In the order of their numbers. */
  readonly katas: readonly Kata[];
  readonly progress: Progress | undefined;
  readonly states: ReadonlyMap<string, EvidenceState>;
}

/** In study order; katas that the plan doesn't have come last. */
export function kataOverview({ curriculum, katas, progress, states }: Sources): KataOverview[] {
  const all = allItems(curriculum).filter((item) => item.kata !== undefined);
  // Several requirements may be of one kata: it is told once, and is done once all of them are.
  const planned = all.filter((item) => all.find(({ kata }) => kata === item.kata) === item);
  const others = katas.filter(({ id, item }) => !planned.some((one) => isOf(one, id, item)));
  const overview = (id: string, item: Item | undefined, kata: Kata | undefined): KataOverview => ({
    id,
    title: kata?.title ?? bareTitle(item?.label) ?? { es: id, en: id },
    ...placeOf(item),
    lab: kata,
    last: progress?.katas[id]?.last ?? undefined,
    held: heldOf(progress, id),
    ...tickOf(item, all, { progress, states }),
  });
  return [
    ...planned.map((item) =>
      overview(
        item.kata ?? item.id,
        item,
        katas.find((kata) => isOf(item, kata.id, kata.item)),
      ),
    ),
    ...others.map((kata) =>
      overview(
        kata.id,
        kata.item === undefined ? undefined : findItem(curriculum, kata.item),
        kata,
      ),
    ),
  ];
}

function placeOf(item: Item | undefined): Pick<KataOverview, 'item' | 'month' | 'block' | 'weeks'> {
  return { item: item?.id, month: item?.month, block: item?.block, weeks: item?.weeks };
}

function tickOf(
  item: Item | undefined,
  all: readonly Item[],
  { progress, states }: Pick<Sources, 'progress' | 'states'>,
): Pick<KataOverview, 'done' | 'date' | 'evidence'> {
  const tick = item && progress ? itemOf(progress, item.id) : undefined;
  const asked = all.filter(({ kata }) => item?.kata !== undefined && kata === item.kata);
  const isOpen = asked.some(({ id }) => progress && !isDone(itemOf(progress, id)));
  if (!item || !isDone(tick) || isOpen) return { done: false, date: null, evidence: undefined };
  return { done: true, date: tick?.date ?? null, evidence: states.get(item.id) };
}

/** `Kata 1: 10k requests concurrentes` without what the id says already. */
function bareTitle(label: Text | undefined): Text | undefined {
  if (!label) return undefined;
  const bare = (text: string): string => text.replaceAll('**', '').replace(/^Kata \d+: /, '');
  return { es: bare(label.es), en: bare(label.en) };
}

function isOf(item: Item, kata: string, itemOfKata: string | undefined): boolean {
  return item.kata === kata || item.id === itemOfKata;
}
