import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';

/** `Kata 4 · Over-selling`; of one without a number its title. */
export function headOf(
  locale: Locale,
  { id, title }: Pick<Kata, 'id' | 'title'>,
  separator = ' · ',
): string {
  const number = /^kata-(\d+)$/.exec(id)?.[1];
  return number === undefined ? title[locale] : `Kata ${number}${separator}${title[locale]}`;
}
