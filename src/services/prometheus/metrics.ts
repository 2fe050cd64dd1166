import type { Recorder } from '../../history/recorder.js';
import { until } from '../../history/until.js';
import type { Exemplar, Labels, Metrics, Sampled, Series } from '../../kata/metrics.js';
import { askPrometheus } from './client.js';
import type { Targets } from './targets.js';

interface Conditions {
  readonly url: string;
  readonly run: string;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly targets: Targets;
  readonly addRules: (text: string) => Promise<void>;
}

/** A server takes up to ten seconds to look at what it has found: its own two pauses of five. */
const seenWithinMs = 30_000;

/** The lab's own way to what the programs of a case tell of themselves. */
export function openMetrics(conditions: Conditions): Metrics {
  const { url, run, recorder, signal, targets, addRules } = conditions;
  const ask: Metrics['ask'] = async (expression, at) => {
    const time = at === undefined ? {} : { time: seconds(at) };
    return sampled(await askPrometheus(url, 'query', { query: expression, ...time }));
  };
  const areSeen = async (): Promise<boolean> => {
    const up = new Map((await ask(`up{run="${run}"}`)).map((one) => [one.labels['instance'], one]));
    return targets.all.every((target) => up.get(new URL(target.url).host)?.value === 1);
  };
  return {
    run,
    seen: () =>
      until<true>(
        { recorder, signal },
        'Prometheus looks at the programs',
        async () => (await areSeen()) && true,
        seenWithinMs,
      ),
    ask,
    async range(expression, { from, to, step }) {
      const over = { start: seconds(from), end: seconds(to), step: seconds(step) };
      return series(await askPrometheus(url, 'query_range', { query: expression, ...over }));
    },
    async exemplars(expression, { from, to }) {
      const over = { start: seconds(from), end: seconds(to) };
      return exemplars(await askPrometheus(url, 'query_exemplars', { query: expression, ...over }));
    },
    addRules,
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

type Point = readonly [at: number, value: string];

interface Result {
  readonly resultType: 'vector' | 'matrix' | 'scalar' | 'string';
  readonly result: unknown;
}

function sampled(data: unknown): Sampled[] {
  const { resultType, result } = data as Result;
  if (resultType === 'scalar') return [{ labels: {}, value: Number((result as Point)[1]) }];
  if (resultType !== 'vector') throw new Error(`it comes to a ${resultType}, not to a vector`);
  return (result as { metric: Labels; value: Point }[]).map(({ metric, value }) => ({
    labels: metric,
    value: numberOf(value[1]),
  }));
}

function series(data: unknown): Series[] {
  const { result } = data as { result: { metric: Labels; values: Point[] }[] };
  return result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([at, value]) => [Math.round(at * 1000), numberOf(value)] as const),
  }));
}

function exemplars(data: unknown): Exemplar[] {
  const found = data as {
    seriesLabels: Labels;
    exemplars: { labels: Labels; value: string }[];
  }[];
  return found.flatMap(({ seriesLabels, exemplars: each }) =>
    each.map(({ labels, value }) => ({ series: seriesLabels, labels, value: numberOf(value) })),
  );
}

/** `+Inf`, `-Inf` and `NaN` are written so. */
const numberOf = (text: string): number =>
  Number(text.replace(/^([+-]?)Inf$/, (_, sign: string) => `${sign}Infinity`));
