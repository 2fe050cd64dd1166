import path from 'node:path';
import type { ImplementationRecord } from '../../kata/run-record.js';
import type { Ratio } from './comparison.js';

/** As people write them. */
export const languageNames: Readonly<Record<string, string>> = {
  node: 'Node',
  go: 'Go',
  rust: 'Rust',
  python: 'Python',
  java: 'Java',
};

/** A folder of the learner's that is called `go` is still not the reference. */
export function sideNameOf({ kind, language, path: place }: ImplementationRecord): string {
  if (kind !== 'own' && kind !== 'mixed') return language;
  const name = path.parse(place).name;
  return name in languageNames ? `own-${name}` : name;
}

/** `1.32 (1.10–1.41)` */
export function formatRatio({ median, low, high, n }: Ratio): string {
  return n > 1 ? `${digits(median)} (${digits(low)}–${digits(high)})` : digits(median);
}

function digits(ratio: number): string {
  if (ratio >= 100) return String(Math.round(ratio));
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
