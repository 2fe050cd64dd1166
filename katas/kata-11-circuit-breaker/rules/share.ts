import type { healthyScene } from '../contract.js';
import { wasAsked, type Request } from '../story.js';

/** Who counts in buckets forgets up to one of them too early. */
const bucketed = 0.8;

/**
 * The most failures of a hundred calls that any program may have counted in a window, and not in a
 * part of it alone: what failed may have been noticed as soon as the dependency said so, or as late as
 * its client heard; what went well counts only where it was noticed in any case.
 */
export function worstShare(
  requests: readonly Request[],
  { windowMs }: Pick<typeof healthyScene, 'windowMs'>,
): number {
  const noticed = requests.filter(wasAsked).map(({ calls, end }) => ({
    from: Math.min(end, ...calls.map((call) => call.end)),
    until: end,
    failed: calls.some(({ status }) => status === 503),
  }));
  const failures = noticed.filter(({ failed }) => failed);
  const good = noticed.filter(({ failed }) => !failed);
  return failures.reduce((most, now) => {
    const begun = now.until - bucketed * windowMs * 1000;
    const bad = failures.filter(({ from, until }) => from <= now.until && until >= begun).length;
    const well = good.filter(({ from, until }) => until <= now.from && from >= begun).length;
    return Math.max(most, (100 * bad) / (bad + well));
  }, 0);
}
