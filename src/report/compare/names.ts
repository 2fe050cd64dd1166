import type { Ratio } from './comparison.js';

/** As people write them. */
export const languageNames: Readonly<Record<string, string>> = {
  node: 'Node',
  go: 'Go',
  rust: 'Rust',
  python: 'Python',
  java: 'Java',
};

/** `1.32 (1.10–1.41)` */
export function formatRatio({ median, low, high, n }: Ratio): string {
  return n > 1 ? `${digits(median)} (${digits(low)}–${digits(high)})` : digits(median);
}

function digits(ratio: number): string {
  if (ratio >= 100) return String(Math.round(ratio));
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
