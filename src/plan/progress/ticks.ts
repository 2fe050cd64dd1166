import { isDone, itemOf, type ItemProgress, type Progress } from './shape.js';

/** Ticks by hand what isn't done yet; what a run has proved stays proved. */
export function withTicks(progress: Progress, ids: readonly string[], date: string): Progress {
  const fresh = ids
    .filter((id) => !isDone(itemOf(progress, id)))
    .map(
      (id) => [id, { ...itemOf(progress, id), date, evidence: { by: 'hand' as const } }] as const,
    );
  if (fresh.length === 0) return progress;
  return { ...progress, items: { ...progress.items, ...Object.fromEntries(fresh) } };
}

/** Takes ticks back. An entry goes, unless it holds something that this version doesn't know. */
export function withoutTicks(progress: Progress, ids: readonly string[]): Progress {
  const gone = new Set(ids.filter((id) => isDone(itemOf(progress, id))));
  if (gone.size === 0) return progress;
  const items = Object.entries(progress.items).flatMap(([id, item]) => {
    if (!gone.has(id)) return [[id, item] as const];
    const left = unticked(item);
    return Object.keys(left).length === 0 ? [] : [[id, left] as const];
  });
  return { ...progress, items: Object.fromEntries(items) };
}

const ofATick = new Set(['date', 'evidence']);

function unticked(item: ItemProgress): ItemProgress {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !ofATick.has(name)));
}
