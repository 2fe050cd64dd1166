import { percentiles } from '../../src/kata/index.js';
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
    ...percentiles('write', took),
    ...percentiles('lag', lags),
    ...(asked.length > 0 && {
      answeredWhenCut: Math.round((100 * asked.filter(isShown).length) / asked.length),
      oldestWhenCut: Math.round(Math.max(0, ...missed)),
    }),
  };
}
