import { percentiles } from '../../src/kata/index.js';
import type { Group } from './contract.js';
import type { Story } from './story.js';

const windowUs = 50_000;

/** What not every strategy gets, or what comes after the outage is over. */
const aside: ReadonlySet<Group> = new Set(['pulse', 'doomed', 'wave', 'late']);

/** Counts and milliseconds, of what every strategy gets. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const messages = story.messages.filter(({ group }) => !aside.has(group));
  const tried = messages.reduce((sum, { charges }) => sum + charges.length, 0);
  const took = messages.flatMap(({ published, success }) =>
    success ? [(success.at - published.start) / 1000] : [],
  );
  return {
    published: messages.length,
    attempts: Math.round((100 * tried) / Math.max(1, messages.length)) / 100,
    givenUp: messages.filter(({ failed }) => failed.length > 0).length,
    ...percentiles('success', took, 0),
    ...outageFigures(story),
  };
}

function outageFigures(story: Story): Readonly<Record<string, number>> {
  const { outage } = story;
  if (!outage) return {};
  const at = outageCalls(story);
  return {
    duringOutage: at.filter((call) => call < outage.until).length,
    storm: most(at.filter((call) => call >= outage.until)),
  };
}

/** When its group was tried, microseconds, in order. */
export function outageCalls(story: Story): number[] {
  return story
    .of('outage')
    .flatMap(({ charges }) => charges.map(({ at }) => at))
    .sort((a, b) => a - b);
}

/** The most within any window. */
function most(sorted: readonly number[]): number {
  let first = 0;
  let found = 0;
  sorted.forEach((at, last) => {
    while (at - (sorted[first] ?? at) >= windowUs) first += 1;
    found = Math.max(found, last - first + 1);
  });
  return found;
}
