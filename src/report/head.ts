import { say } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';

/** `Kata 4 · Over-selling`; of one without a number its title. */
export function headOf({ id, title }: Pick<Kata, 'id' | 'title'>, separator = ' · '): string {
  const number = /^kata-(\d+)$/.exec(id)?.[1];
  return number === undefined ? say(title) : `Kata ${number}${separator}${say(title)}`;
}
