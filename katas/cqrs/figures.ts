import { isIn, isShown, lacking, missedMs, plainOf, tookMs, type Story } from './story.js';

/** Milliseconds of the measured load, and what the view said while it was cut off. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const span = story.during('load');
  const writes = story.writes.filter((write) => isIn(write, span));
  const byToken = new Map(writes.map((write) => [write.token, write]));
  const lags = story.reads.flatMap((read) => {
    const write = isShown(read) ? byToken.get(read.token ?? '') : undefined;
    return write ? [(read.end - write.end) / 1000] : [];
  });
  const took = writes.map(tookMs);
  const asked = plainOf(story);
  const { cutWrite } = story;
  const missed = cutWrite ? lacking(story, cutWrite).map((read) => missedMs(read, cutWrite)) : [];
  return {
    ...percentile('writeP50', took, 0.5, 2),
    ...percentile('writeP99', took, 0.99, 100),
    ...percentile('lagP50', lags, 0.5, 2),
    ...percentile('lagP95', lags, 0.95, 20),
    ...percentile('lagP99', lags, 0.99, 100),
    ...(asked.length > 0 && {
      answeredWhenCut: Math.round((100 * asked.filter(isShown).length) / asked.length),
      oldestWhenCut: Math.round(Math.max(0, ...missed)),
    }),
  };
}

/** Left out where the samples can't carry it. */
function percentile(
  name: string,
  values: readonly number[],
  share: number,
  needed: number,
): Record<string, number> {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  return values.length >= needed && value !== undefined
    ? { [name]: Math.round(value * 10) / 10 }
    : {};
}
