import { httpSeconds } from '../contract.js';

/** Of the orders that are asked for, so many are to be answered in time and without a fault of ours. */
export const objective = 0.99;
/** What may go wrong: the error budget. */
export const budget = 1 - objective;
/** In time: a border of the histogram, since nothing in between can be asked for. */
export const withinSeconds = 0.25;

/** An alert: at so many times the rate that would spend the budget just at the end of the period. */
export interface Alert {
  readonly name: string;
  readonly severity: 'page' | 'ticket';
  /** Budgets burnt at once: 1 spends it all in exactly the period. */
  readonly burn: number;
  /** Long enough to matter, and short enough to stop soon after it is over. In seconds. */
  readonly long: number;
  readonly short: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** As the SRE workbook has them, for a period of 30 days. */
export const alerts: readonly Alert[] = [
  { name: 'OrdersBurnFast', severity: 'page', burn: 14.4, long: hour, short: 5 * minute },
  { name: 'OrdersBurn', severity: 'page', burn: 6, long: 6 * hour, short: 30 * minute },
  { name: 'OrdersBurnSlowly', severity: 'ticket', burn: 3, long: day, short: 2 * hour },
  { name: 'OrdersBurnLow', severity: 'ticket', burn: 1, long: 3 * day, short: 6 * hour },
];

/** The one that a run of seconds can bring about. */
export const paging = alerts[0] as Alert;

/** In a run five minutes are a second, and an hour is twelve: what takes six hours has no room there. */
export const compressedBy = 300;

/** Where no order went well there is no series of good ones, and no answer: so that counts as none. */
export function badShare(window: string): string {
  const all = `sum by (run) (rate(${httpSeconds}_count{http_route="/orders"}[${window}]))`;
  const good = `sum by (run) (rate(${httpSeconds}_bucket{http_route="/orders",http_response_status_code!~"5..",le="${withinSeconds}"}[${window}]))`;
  return `1 - (${good} or 0 * ${all}) / ${all}`;
}
