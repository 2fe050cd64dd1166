import { outsideContract, type Answer, type Reading } from '../../../src/kata/index.js';
import type { Sample } from '../notes.js';

const line = /^([a-zA-Z_:][\w:]*?)_(count|sum)(?:\{(.*)\})? (\S+)$/;

/** What a page of metrics says of durations: how many, and seconds in all. */
export function readMetrics(answer: Answer, take: (samples: readonly Sample[]) => void): Reading {
  if (answer.status !== 200) return outsideContract(answer, '200 and metrics in the text format');
  const found = new Map<string, Sample>();
  for (const text of answer.text.split('\n')) {
    const [, name, part, labels = '', value] = line.exec(text) ?? [];
    if (!name?.endsWith('_seconds') || part === undefined) continue;
    const known = found.get(`${name}{${labels}}`) ?? { name, labels, count: 0, sum: 0 };
    found.set(`${name}{${labels}}`, { ...known, [part]: Number(value) });
  }
  take([...found.values()]);
  return { outcome: 'ok', value: { metrics: found.size } };
}
