import type { Weekday } from './curriculum-file.js';

/**
 * A civil day, counted from 1970-01-01. Days have no hours and no time zone, so that neither a
 * clock change nor the place where the learner is can move them.
 */
export type Day = number;

const millisecondsPerDay = 86_400_000;

/** @param date a day that exists, YYYY-MM-DD; NaN for anything else */
export function dayOf(date: string): Day {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

/** YYYY-MM-DD */
export function dateOf(day: Day): string {
  return new Date(day * millisecondsPerDay).toISOString().replace(/T.*/, '');
}

/** ISO 8601: Monday is 1, Sunday is 7. */
export function weekdayOf(day: Day): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
