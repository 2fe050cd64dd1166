import { servicesOf, type Kata } from '../../kata/define.js';
import type { OptionValues } from '../../kata/options.js';
import { factsOf, type ServiceName } from '../../kata/services.js';
import { readKept } from '../../register/kept.js';

/** What a case needs; and what looks at programs, where it is kept and the kata may ask for it. */
export function neededBy(kata: Kata, options: OptionValues): readonly ServiceName[] {
  const needed = servicesOf(kata, options);
  const looks = (name: ServiceName): boolean =>
    factsOf(name)?.watches === true && readKept(name) !== undefined;
  return kata.services.filter((name) => needed.includes(name) || looks(name));
}
