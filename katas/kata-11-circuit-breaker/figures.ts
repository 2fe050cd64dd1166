import { isLive, isSpared, lastOfOutage, type Request, type Story } from './story.js';

/** Of the outage, which all strategies go through. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const all = story.of('outage');
  if (all.length === 0) return {};
  const calls = all.reduce((sum, one) => sum + one.calls.length, 0);
  const { layers } = story;
  const spared = all.filter(isSpared).length;
  const percent = (some: number): number => Math.round((100 * some) / all.length);
  return {
    amplification: hundredths(calls / all.length),
    spared: percent(spared),
    live: percent(all.filter(isLive).length),
    fallbacks: percent(all.filter(({ answer }) => answer?.source === 'fallback').length),
    errors: percent(all.filter(isError).length),
    layered: layers.requests === 0 ? 0 : hundredths(layers.calls / layers.requests),
    recoveryMs: Math.round(lastOfOutage(story).ms),
  };
}

const hundredths = (value: number): number => Math.round(100 * value) / 100;

/** Neither a quote, nor something in its place, nor a rejection: the client waited for nothing. */
const isError = ({ answer }: Request): boolean =>
  answer === undefined || answer.status === 502 || answer.status === 504;
