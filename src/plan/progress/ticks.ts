import { isDone, itemOf, type ItemProgress, type MysteryEvidence, type Progress } from './shape.js';

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

/** Ticks with the mystery that shows it; what is done already keeps its day, and a run that proved it. */
export function withMystery(
  progress: Progress,
  ids: readonly string[],
  { evidence, date }: { readonly evidence: MysteryEvidence; readonly date: string },
): Progress {
  const shown = ids
    .map((id) => [id, itemOf(progress, id)] as const)
    .filter(([, item]) => !isDone(item) || item?.evidence?.by === 'hand')
    .map(([id, item]) => [id, { ...item, date: item?.date ?? date, evidence }] as const);
  if (shown.length === 0) return progress;
  return { ...progress, items: { ...progress.items, ...Object.fromEntries(shown) } };
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
