import { steady, type Series } from '../../../src/kata/index.js';
import { httpSeconds } from '../contract.js';
import type { ExemplarsNote, SloNote } from '../notes.js';
import { compressedBy, paging, withinSeconds } from '../contract/objective.js';
import { panels, type PanelSeen, type PanelsNote } from '../contract/panels.js';
import { compressed, durationOf, recordOf, ruleFile } from '../contract/rule-file.js';
import type { Shop } from './shop.js';

const perSecond = 40;
/** A steady time before anything happens, so that a spike is short beside it; and what follows. */
const spikeAtMs = 8_000;
const spikeMs = 400;
const outageAtMs = 11_000;
const outageMs = 5_000;
const inAllMs = 19_000;
/** So late the broker confirms: well beyond what is in time. */
const lateMs = 600;
const stepMs = 200;

/**
 * The broker confirms late, for a moment and then for long, under a steady load: what is asked of
 * Prometheus is whether somebody would have been called. Five minutes are a second here.
 */
export async function slo(shop: Shop): Promise<void> {
  const { lab } = shop;
  const { metrics } = lab;
  const rules = ruleFile(compressed(compressedBy));
  await metrics.addRules(rules);
  const isSeen = (await metrics.seen()) ?? false;
  const before = await counted(shop, Date.now());
  const from = Date.now();
  const late = async (at: number, ms: number) => {
    await passed(shop, from + at);
    const began = Date.now();
    shop.broker.delay({ direction: 'to-client', ms: lateMs });
    await passed(shop, from + at + ms);
    shop.broker.heal();
    return { from: began, until: Date.now() };
  };
  const troubles = async () => ({
    spike: await late(spikeAtMs, spikeMs),
    outage: await late(outageAtMs, outageMs),
  });
  const load = lab.open(shop.api, {
    profile: [steady(perSecond, inAllMs)],
    ...{ users: 200, unmeasured: true },
    next: () => shop.placing(shop.order('slo', { context: 'none' })),
  });
  const [{ spike, outage }] = await Promise.all([troubles(), load]);
  const sent = shop.sent.filter(({ act }) => act === 'slo');
  await shop.stored(sent);
  // What was answered last has to be looked at, too.
  await lab.until(
    'Prometheus has seen all answers',
    async () => (await counted(shop, Date.now())).all >= before.all + sent.length,
    5_000,
  );
  const until = Date.now();
  const after = await counted(shop, until);
  const of = `run="${metrics.run}"`;
  const over = { from, to: until, step: stepMs };
  const firing = `ALERTS{alertname="${paging.name}",alertstate="firing",${of}}`;
  const looks = `timestamp(up{${of},role="api"})`;
  lab.note('slo', {
    ...{ isSeen, from, until, spike, outage, lateMs, rules, before, after },
    firing: (await metrics.range(firing, over)).flatMap(({ points }) => points.map(([at]) => at)),
    looks: [
      ...new Set(valuesOf(await metrics.range(looks, over)).map((s) => Math.round(s * 1000))),
    ],
    burnt: await metrics.range(`${recordOf(paging.long)}{${of}}`, over).then(pointsOf),
    burntShort: await metrics.range(`${recordOf(paging.short)}{${of}}`, over).then(pointsOf),
  } satisfies SloNote);
  const buckets = `${httpSeconds}_bucket{${of},http_route="/orders"}`;
  lab.note('exemplars', {
    traces: (await metrics.exemplars(buckets, { from, to: Date.now() })).map(
      ({ labels: { trace_id: id = '' }, value }) => ({ id, seconds: value }),
    ),
  } satisfies ExemplarsNote);
  await showPanels(shop, over);
}

/** Raw: `increase` would guess what lies between two looks. */
async function counted({ lab: { metrics } }: Shop, at: number): Promise<SloNote['before']> {
  const of = `run="${metrics.run}",http_route="/orders"`;
  const sum = async (expression: string): Promise<number> =>
    (await metrics.ask(`sum(${expression})`, at))[0]?.value ?? 0;
  return {
    all: await sum(`${httpSeconds}_count{${of}}`),
    good: await sum(
      `${httpSeconds}_bucket{${of},http_response_status_code!~"5..",le="${withinSeconds}"}`,
    ),
  };
}

async function showPanels(
  { lab }: Shop,
  over: { from: number; to: number; step: number },
): Promise<void> {
  const { metrics } = lab;
  const window = durationOf(paging.short / compressedBy);
  const shown: PanelSeen[] = [];
  for (const { id, expression: write } of panels) {
    const expression = write(`run="${metrics.run}"`, window);
    const series = await metrics.range(expression, over);
    shown.push({
      ...{ id, expression },
      series: series.map(({ labels, points }) => ({ labels, points: points.length })),
      values: onSteps(series[0], over),
    });
  }
  lab.note('panels', { from: over.from, stepMs: over.step, panels: shown } satisfies PanelsNote);
}

function onSteps(
  series: Series | undefined,
  { from, to, step }: { from: number; to: number; step: number },
): (number | null)[] {
  const values = Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    () => null as number | null,
  );
  for (const [at, value] of series?.points ?? [])
    if (Number.isFinite(value)) values[Math.round((at - from) / step)] = value;
  return values;
}

const pointsOf = (series: readonly Series[]): SloNote['burnt'] =>
  (series[0]?.points ?? []).filter(([, value]) => Number.isFinite(value));

const valuesOf = (series: readonly Series[]): number[] =>
  series.flatMap(({ points }) => points.map(([, value]) => value));

async function passed({ lab }: Shop, at: number): Promise<void> {
  await lab.until(
    'the time has come',
    () => Date.now() >= at,
    Math.max(1, at - Date.now()) + 5_000,
  );
}
