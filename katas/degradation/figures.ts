import { lasts, type Limits } from './contract.js';
import {
  busyShare,
  settled,
  isGood,
  isInTime,
  percentile,
  tookMs,
  type Request,
  type Story,
} from './story.js';

/** Of the spike, which all strategies go through; checkouts under overload where it was played. */
export function figures(story: Story, limits: Limits): Readonly<Record<string, number>> {
  const fresh = settled(story, 'spike');
  if (fresh.length === 0 && story.played.length === 0) return {};
  const spike = story.of('spike');
  const firsts = spike.filter(({ attempt }) => attempt === 1).length;
  return {
    ...(fresh.length > 0 && {
      goodput: share(fresh, isInTime),
      tries: Math.round((100 * spike.length) / Math.max(1, firsts)) / 100,
      wasted: wasted(story, limits),
    }),
    ...checkouts(story, 'hang', 'checkoutP95Hang'),
    ...checkouts(story, 'overload', 'checkoutP95Overload'),
  };
}

const share = (some: readonly Request[], is: (one: Request) => boolean): number =>
  Math.round((100 * some.filter(is).length) / Math.max(1, some.length));

/** Share of what the workers did after the spike of which nobody had anything. */
function wasted(story: Story, { workers }: Limits): number {
  const from = story.began('spike', 'after');
  const until = from + 1000 * lasts.spike.after;
  const worked = busyShare(story, 'spike', { from, until, workers });
  const forNobody = story
    .of('spike')
    .filter((one) => !isInTime(one))
    .flatMap(({ calls }) => calls)
    .reduce(
      (sum, { begun, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(begun, from)),
      0,
    );
  return worked > 0 ? Math.round((100 * forNobody) / (worked * workers * (until - from))) : 0;
}

function checkouts(
  story: Story,
  scene: 'hang' | 'overload',
  figure: string,
): Readonly<Record<string, number>> {
  const took = story
    .of(scene)
    .filter((one) => one.route === 'checkout' && one.part === 'trouble' && isGood(one))
    .map(tookMs);
  const p95 = percentile(took, 0.95);
  return p95 === undefined ? {} : { [figure]: Math.round(p95) };
}
