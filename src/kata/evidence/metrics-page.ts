/** What a page of metrics says. */
export interface MetricsPage {
  /** Series in all, whatever they are about. */
  readonly series: number;
  /** Those of the metrics of interest. */
  readonly samples: readonly Sample[];
  /** Of these, how many more there were. */
  readonly leftOut: number;
  /** Lines that are none of the text format. */
  readonly unreadable: readonly string[];
  /** Of these: a second TYPE or HELP, one after its samples, a line apart from the others. */
  readonly misplaced: readonly string[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As it was written: `+Inf` is no number of JSON. */
  readonly value: number;
}

const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
/** OpenMetrics: seconds with a fraction, and an exemplar behind a sample. */
const openLine =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?\s+(\S+)(?:\s+-?[\d.]+)?(?:\s+#\s+\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\}\s+(\S+)(?:\s+-?[\d.]+)?)?$/;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/y;

/**
 * Reads a page in Prometheus' text format, 0.0.4, or in OpenMetrics, which ends with `# EOF`: there a
 * counter is described without its `_total`, and a sample may have an exemplar.
 * @param names of the metrics of interest: samples of others are only counted
 */
export function parseMetrics(text: string, names: readonly string[]): MetricsPage {
  const samples: Sample[] = [];
  const unreadable: string[] = [];
  const misplaced: string[] = [];
  const isOpen = /(?:^|\n)# EOF\s*$/.test(text);
  const order = new Order(names, isOpen);
  let series = 0;
  let leftOut = 0;
  for (const each of text.split('\n')) {
    const trimmed = each.trim();
    if (order.isMisplaced(trimmed) && misplaced.length < most) misplaced.push(shortened(trimmed));
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const sample = sampleOf(trimmed, isOpen);
    if (sample === undefined) {
      if (unreadable.length < most) unreadable.push(shortened(trimmed));
      continue;
    }
    series += 1;
    if (!names.some((one) => sample.name.startsWith(one))) continue;
    if (samples.length < mostSamples) samples.push(sample);
    else leftOut += 1;
  }
  return { series, samples, leftOut, unreadable, misplaced };
}

/** Of lines that are none. */
const most = 5;
const shortened = (text: string): string => text.slice(0, 200);

/**
 * Of metrics of interest: each has at most one TYPE and one HELP, which come before its samples, and
 * all of its lines stand together.
 */
class Order {
  readonly #said = new Set<string>();
  readonly #names: readonly string[];
  readonly #isOpen: boolean;
  #current = '';

  constructor(names: readonly string[], isOpen: boolean) {
    this.#names = names.map((name) => metricOf(name, isOpen));
    this.#isOpen = isOpen;
  }

  isMisplaced(text: string): boolean {
    const line = lineAbout(text, this.#isOpen);
    if (line === undefined) return false;
    const { metric, what } = line;
    const comesBack = metric !== this.#current && this.#said.has(metric);
    const isBehind = what !== 'sample' && this.#said.has(`sample ${metric}`);
    const isSecond = what !== 'sample' && this.#said.has(`${what} ${metric}`);
    this.#current = metric;
    this.#said.add(metric).add(`${what} ${metric}`);
    return this.#names.includes(metric) && (comesBack || isBehind || isSecond);
  }
}

/** Undefined also for one that describes the buckets of a histogram as a metric of their own. */
function lineAbout(text: string, isOpen: boolean): { metric: string; what: string } | undefined {
  const [, what, described = ''] = /^#\s*(TYPE|HELP|UNIT)\s+(\S+)/.exec(text) ?? [];
  if (what !== undefined) return part.test(described) ? undefined : { metric: described, what };
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(text)?.[0];
  return name === undefined ? undefined : { metric: metricOf(name, isOpen), what: 'sample' };
}

const part = /_(bucket|sum|count)$/;
const openPart = /_(bucket|sum|count|total|created)$/;

const metricOf = (name: string, isOpen: boolean): string =>
  name.replace(isOpen ? openPart : part, '');

/** Of a program that counts by path there is no end. */
const mostSamples = 5_000;

function sampleOf(text: string, isOpen: boolean): Sample | undefined {
  const [, name, inside = '', value = '', exemplar, measured = '0'] =
    (isOpen ? openLine : line).exec(text) ?? [];
  if (name === undefined) return undefined;
  if (exemplar !== undefined && (labelsIn(exemplar) === undefined || isNaN(numberOf(measured))))
    return undefined;
  const labels = labelsIn(inside);
  const number = numberOf(value);
  return labels === undefined || Number.isNaN(number) ? undefined : { name, labels, value: number };
}

function labelsIn(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    label.lastIndex = at;
    const found = label.exec(text);
    if (found === null) return undefined;
    labels[found[1] ?? ''] = (found[2] ?? '').replace(/\\(.)/g, (_, one: string) =>
      one === 'n' ? '\n' : one,
    );
    at = label.lastIndex;
  }
  return labels;
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.MAX_VALUE;
  if (text === '-Inf') return -Number.MAX_VALUE;
  return Number(text);
}
