import { dlqTexts } from '../../i18n/dlq.js';
import type { Locale } from '../../i18n/text.js';
import type { DeadLetter } from '../../kata/dead-letters.js';
import { foreignJson } from './foreign.js';

/** Columns of a body in a table. */
const shownOfBody = 44;

/** In the reader's own time zone, to the second. */
export function clockOf(locale: Locale, at: string | undefined): string {
  if (at === undefined) return dlqTexts[locale].unknown;
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}

/** `12 s`, `3 min`, `5 h`, `2 d` */
export function ageOf(locale: Locale, at: string | undefined, now: number): string {
  if (at === undefined) return dlqTexts[locale].unknown;
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** As the letter says, else as often as the history saw it tried. */
export function attemptsOf(
  locale: Locale,
  { headers, attempts }: Pick<DeadLetter, 'headers' | 'attempts'>,
): string {
  const said = headers['x-attempts'];
  if (typeof said === 'number' || typeof said === 'string') return String(said);
  return attempts.length === 0 ? dlqTexts[locale].unknown : String(attempts.length);
}

/** Of the body as it was sent, which is JSON. */
export function sizeOf(body: unknown): number {
  return Buffer.byteLength(JSON.stringify(body ?? null));
}

/** On one line, and no longer than a table bears. */
export function bodyOf(body: unknown): string {
  const text = foreignJson(body ?? null);
  return text.length > shownOfBody ? `${text.slice(0, shownOfBody - 1)}…` : text;
}
