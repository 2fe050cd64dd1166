/** Twenty items of the plan. */
export const theoryIds = [
  ...['m1.b1.theory-1', 'm1.b1.theory-2'],
  ...[1, 2, 3, 4].map((n) => `m1.b2.theory-${n}`),
  ...[1, 2, 3, 4].map((n) => `m2.b1.theory-${n}`),
  ...[1, 2, 3].map((n) => `m2.b2.theory-${n}`),
  ...[1, 2, 3, 4, 5].map((n) => `m3.b1.theory-${n}`),
  ...[1, 2].map((n) => `m3.b2.theory-${n}`),
];

/** Whether a progress.json has a tick for each of the ids, and no other. */
export function isFullyDone(progress: string, ids: readonly string[]): boolean {
  const { items } = JSON.parse(progress) as { items: Record<string, { evidence?: unknown }> };
  const done = Object.entries(items).flatMap(([id, { evidence }]) => (evidence ? [id] : []));
  return done.toSorted().join() === ids.toSorted().join();
}
