import { outsideContract, type Answer, type Reading } from '../../../src/kata/index.js';
import { httpSeconds, processed, workSeconds } from '../contract.js';
import type { Sample, Scraped } from '../notes.js';

type Page = Omit<Scraped, 'role' | 'when'>;

/** Reads a page of metrics in Prometheus' text format, 0.0.4. */
export function readPage(answer: Answer, take: (page: Page) => void): Reading {
  if (answer.status !== 200) return outsideContract(answer, '200 and metrics in the text format');
  const page = parse(answer.text);
  take(page);
  return { outcome: 'ok', value: { series: page.series } };
}

const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/y;

export function parse(text: string): Page {
  const samples: Sample[] = [];
  const unreadable: string[] = [];
  let series = 0;
  let leftOut = 0;
  for (const each of text.split('\n')) {
    const trimmed = each.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const sample = sampleOf(trimmed);
    if (sample === undefined) {
      if (unreadable.length < 5) unreadable.push(trimmed.slice(0, 200));
      continue;
    }
    series += 1;
    if (!isOurs(sample.name)) continue;
    if (samples.length < mostSamples) samples.push(sample);
    else leftOut += 1;
  }
  return { series, samples, leftOut, unreadable };
}

/** Of a program that counts by path there is no end. */
const mostSamples = 5_000;

function isOurs(name: string): boolean {
  return [httpSeconds, workSeconds, processed].some((one) => name.startsWith(one));
}

function sampleOf(text: string): Sample | undefined {
  const [, name, inside = '', value = ''] = line.exec(text) ?? [];
  if (name === undefined) return undefined;
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
