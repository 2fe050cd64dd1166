import { isLive, isSpared, lastOfOutage, type Story } from './story.js';

/** Of the outage, which all strategies go through. */
export function figures(story: Story): Readonly<Record<string, number>> {
  const all = story.of('outage');
  if (all.length === 0) return {};
  const calls = all.reduce((sum, one) => sum + one.calls.length, 0);
  const spared = all.filter(isSpared).length;
  const percent = (some: number): number => Math.round((100 * some) / all.length);
  return {
    amplification: Math.round((100 * calls) / all.length) / 100,
    spared: percent(spared),
    live: percent(all.filter(isLive).length),
    fallbacks: percent(all.filter(({ answer }) => answer?.source === 'fallback').length),
    recoveryMs: Math.round(lastOfOutage(story).ms),
  };
}
