import type { Kata } from '../../kata/define.js';
import { flagOf } from '../../kata/options.js';
import { parseRunOptions } from '../run-options.js';

/**
 * What would be typed after `plan run` for a form that was sent.
 * @throws PlanError as `parseRunOptions`, for what `plan run` would refuse
 */
export function wordsOfForm(kata: Kata, form: Readonly<Record<string, unknown>>): string[] {
  const text = (name: string): string => {
    const value = form[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const names = ['strategy', 'lang', 'impl', ...Object.keys(kata.options).map(flagOf)];
  const words = names.flatMap((name) => (text(name) === '' ? [] : [`--${name}=${text(name)}`]));
  if (text('explain') !== '') words.push('--explain');
  parseRunOptions(kata, words);
  return words;
}
