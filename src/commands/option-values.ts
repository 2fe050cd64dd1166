import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { runTexts } from '../i18n/run.js';
import { texts } from '../i18n/text.js';

export function optionalChoice<C extends string>(
  flag: string,
  value: string | undefined,
  choices: readonly C[],
): C | undefined {
  return value === undefined ? undefined : oneOf(flag, value, choices);
}

export function oneOf<C extends string>(flag: string, value: string, choices: readonly C[]): C {
  const wanted = value.toLowerCase().replace(/[ _]/g, '-');
  const found = choices.find((choice) => choice.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const t = texts(runTexts);
  const near = nearest(wanted, choices);
  throw new PlanError({
    code: 'bad-option',
    exit: exitCodes.usage,
    what: t.badChoice(flag, value, choices.join(', ')),
    ...(near !== undefined && { mend: t.didYouMean(`--${flag} ${near}`) }),
  });
}

export function integerOf(flag: string, value: string, min: number, max: number): number {
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  const t = texts(runTexts);
  // What is no number was meant otherwise; of one that is, the nearest may have been.
  const near = /^-?\d+$/.test(value) ? `--${flag} ${number < min ? min : max}` : undefined;
  throw badOption(t.badInteger(flag, value, min, max), near);
}

export function badOption(what: string, mend: string | undefined): PlanError {
  const { usage: exit } = exitCodes;
  return new PlanError({ code: 'bad-option', exit, what, ...(mend !== undefined && { mend }) });
}
