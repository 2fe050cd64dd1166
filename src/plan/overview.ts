import type { Text } from '../i18n/text.js';
import { allItems, type Curriculum, type Item } from './curriculum.js';
import type { EvidenceState } from './evidence.js';
import { isDone, itemOf, type Progress } from './progress.js';

/** The curriculum with the learner's ticks in it. */
export interface Overview {
  readonly startedOn: string | null;
  readonly months: readonly MonthOverview[];
  readonly final: { readonly title: Text; readonly items: readonly TickedItem[] } & Count;
  /** Done ids that this curriculum doesn't have: kept, and shown so that nobody misses them. */
  readonly unknown: readonly string[];
}

export interface Count {
  readonly done: number;
  readonly total: number;
}

export interface MonthOverview extends Count {
  readonly number: number;
  readonly title: Text;
  readonly weeks: readonly [number, number];
  /** The month's own line in the general progress; not counted among its items. */
  readonly line: TickedItem;
  readonly milestone: TickedItem;
  readonly blocks: readonly {
    readonly id: string;
    readonly title: Text;
    readonly weeks: readonly [number, number];
    readonly items: readonly TickedItem[];
  }[];
}

export interface TickedItem {
  readonly id: string;
  readonly kind: Item['kind'];
  readonly label: Text;
  readonly kata: string | undefined;
  /** The slug of its note, for `plan show`; of theory only. */
  readonly note: string | undefined;
  readonly done: boolean;
  /** YYYY-MM-DD, where it is known. */
  readonly date: string | null;
  /** Undefined while it is not done. */
  readonly evidence: EvidenceState | undefined;
  /** The run that proved it, and the path of the implementation that it judged. */
  readonly run: string | undefined;
  readonly implementation: string | undefined;
  readonly points: readonly TickedItem[];
}

export function overviewOf(
  curriculum: Curriculum,
  progress: Progress,
  states: ReadonlyMap<string, EvidenceState>,
  notes: ReadonlyMap<string, string> = new Map(),
): Overview {
  const ticked = (item: Item): TickedItem => ({
    ...tickedItem(item, progress, states),
    note: notes.get(item.id),
  });
  const known = new Set(allItems(curriculum).flatMap(({ id, points }) => [id, ...idsOf(points)]));
  const finals = curriculum.final.items.map(ticked);
  return {
    startedOn: progress.startedOn,
    months: curriculum.months.map(({ number, title, weeks, progress: line, milestone, blocks }) => {
      const ofBlocks = blocks.map((block) => ({
        id: block.id,
        title: block.title,
        weeks: block.weeks,
        items: block.items.map(ticked),
      }));
      const last = ticked(milestone);
      const counted = [...ofBlocks.flatMap(({ items }) => items), last];
      return {
        ...{ number, title, weeks, ...countOf(counted) },
        ...{ line: ticked(line), milestone: last, blocks: ofBlocks },
      };
    }),
    final: { title: curriculum.final.title, items: finals, ...countOf(finals) },
    unknown: Object.keys(progress.items).filter(
      (id) => !known.has(id) && isDone(itemOf(progress, id)),
    ),
  };
}

function tickedItem(
  item: Item,
  progress: Progress,
  states: ReadonlyMap<string, EvidenceState>,
): TickedItem {
  const entry = itemOf(progress, item.id);
  const done = isDone(entry);
  const { id, kind, label, kata } = item;
  const evidence = entry?.evidence;
  return {
    ...{ id, kind, label, kata, note: undefined, done },
    date: entry?.date ?? null,
    evidence: done ? (states.get(id) ?? 'hand') : undefined,
    run: evidence && 'run' in evidence ? evidence.run : undefined,
    implementation: evidence?.by === 'run' ? evidence.implementation.path : undefined,
    points: item.points.map((point) => tickedItem(point, progress, states)),
  };
}

function countOf(items: readonly TickedItem[]): Count {
  return { done: items.filter(({ done }) => done).length, total: items.length };
}

function idsOf(items: readonly Item[]): string[] {
  return items.map(({ id }) => id);
}
