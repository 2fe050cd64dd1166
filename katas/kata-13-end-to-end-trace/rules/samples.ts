import type { Sample } from '../notes.js';

/** The sum of the series of a name whose labels have these values. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return samples
    .filter((sample) => sample.name === name && has(sample, labels))
    .reduce((sum, { value }) => sum + value, 0);
}

/** Observations of a histogram that were above a border. */
export function countAbove(samples: readonly Sample[], name: string, border: number): number {
  const below = samples
    .filter((sample) => sample.name === `${name}_bucket` && borderOf(sample) === border)
    .reduce((sum, { value }) => sum + value, 0);
  return sumOf(samples, `${name}_count`) - below;
}

/** Infinity for `+Inf`; NaN where there is none. */
export function borderOf({ labels }: Sample): number {
  const le = labels['le'];
  return le === '+Inf' ? Infinity : Number(le);
}

/** The series of a histogram's buckets, each with all that has the same labels but `le`. */
export function histogramsIn(samples: readonly Sample[], name: string): (readonly Sample[])[] {
  const found = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket`) continue;
    const rest = labelsKey(sample);
    found.set(rest, [...(found.get(rest) ?? []), sample]);
  }
  return [...found.values()];
}

/** Whose series it is, but for the border of the bucket. */
export function labelsKey({ labels }: Sample): string {
  const rest = Object.entries(labels).filter(([name]) => name !== 'le');
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function has({ labels }: Sample, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
