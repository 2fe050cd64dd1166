import {
  outsideContract,
  parseMetrics,
  type Answer,
  type MetricsPage,
  type Reading,
} from '../../../src/kata/index.js';
import { httpSeconds, processed, workSeconds } from '../contract.js';

const ours = [httpSeconds, workSeconds, processed];

/** Reads a page of metrics in Prometheus' text format, 0.0.4. */
export function readPage(answer: Answer, take: (page: MetricsPage) => void): Reading {
  if (answer.status !== 200) return outsideContract(answer, '200 and metrics in the text format');
  const page = parseMetrics(answer.text, ours);
  take(page);
  return { outcome: 'ok', value: { series: page.series } };
}
