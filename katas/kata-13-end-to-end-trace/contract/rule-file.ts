import { alerts, badShare, budget, paging, type Alert } from './objective.js';

interface Form {
  /** So many times shorter are all windows. */
  readonly compressedBy: number;
  readonly alerts: readonly Alert[];
  readonly interval: string;
}

/** What stands in `rules.yml`. */
export const real: Form = { compressedBy: 1, alerts, interval: '15s' };

/** For a run of seconds. */
export const compressed = (by: number): Form => ({
  ...{ compressedBy: by, alerts: [paging], interval: '200ms' },
});

/** A rule file of Prometheus: the share of bad orders over each window, and what calls somebody. */
export function ruleFile({ compressedBy, alerts, interval }: Form): string {
  const windows = [...new Set(alerts.flatMap(({ long, short }) => [short, long]))].sort(
    (a, b) => a - b,
  );
  return [
    'groups:',
    '  - name: orders',
    `    interval: ${interval}`,
    '    rules:',
    ...windows.flatMap((seconds) => [
      `      - record: ${recordOf(seconds)}`,
      `        expr: |-\n          ${badShare(durationOf(seconds / compressedBy)).replace(/ (or|\/) /g, '\n            $1 ')}`,
    ]),
    ...alerts.flatMap((alert) => [
      `      - alert: ${alert.name}`,
      `        expr: ${conditionOf(alert)}`,
      '        labels:',
      `          severity: ${alert.severity}`,
      '        annotations:',
      `          summary: ${summaryOf(alert)}`,
    ]),
    '',
  ].join('\n');
}

/** `run:orders_bad:share5m`, whatever the window is compressed to. */
export const recordOf = (seconds: number): string => `run:orders_bad:share${durationOf(seconds)}`;

/** The long window says that it matters; the short one, that it still goes on. */
function conditionOf({ burn, long, short }: Alert): string {
  const limit = Number((burn * budget).toFixed(6));
  return `${recordOf(long)} > ${limit} and ${recordOf(short)} > ${limit}`;
}

const summaryOf = ({ burn, long }: Alert): string =>
  `orders burn their error budget ${burn} times too fast over ${durationOf(long)}`;

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `5m`, `1h`, `3d`; parts of a second in `ms`. */
export function durationOf(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? [];
  return size === undefined ? `${Math.round(seconds * 1000)}ms` : `${seconds / size}${unit}`;
}
