import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LatencyCurve } from '../../kata/run-record.js';

/** The latencies of a case of a stored run, as HdrHistogram writes them; none where they are gone. */
export async function readCurve(folder: string, slug: string): Promise<LatencyCurve> {
  try {
    return parseHgrm(await readFile(path.join(folder, `${slug}.hgrm`), 'utf8'));
  } catch {
    return [];
  }
}

/** Rows of value, percentile, count and, but for the last, 1/(1 − percentile); comments end it. */
export function parseHgrm(text: string): LatencyCurve {
  return text.split('\n').flatMap((line) => {
    const [value = '', share = '', count = ''] = line.trim().split(/\s+/);
    const row = [Number(value), Number(share), Number(count)];
    const isRow = [value, share, count].every((word) => /^[\d.]+$/.test(word));
    return isRow ? [{ ms: row[0] ?? 0, share: row[1] ?? 0 }] : [];
  });
}
