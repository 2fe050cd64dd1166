import { counted, grouped, mostUnderWay, type Coverage } from '../../../src/kata/index.js';
import { effect, ended, type Entry, type Period } from './bounds.js';

/** @param played the acts that the run had */
export const coverageOf = (
  entries: readonly Entry[],
  periods: readonly Period[],
  played: ReadonlySet<string>,
): Coverage[] => [
  overlapped(periods),
  ...(played.has('crowd') ? [firstUsesOverlapped(entries)] : []),
  readAtRest(periods),
];

/** Without two writes under way on one account there was no race. */
function overlapped(periods: readonly Period[]): Coverage {
  const writes = periods.map(({ entries }) => entries.filter((e) => effect(e) !== 0));
  const most = writes.map(mostUnderWay).reduce((a, b) => Math.max(a, b), 0);
  return {
    condition: 'writes-overlapped',
    met: most >= 2,
    story: {
      en: `at most ${counted.en(most, 'write was', 'writes were')} under way on one account at once (2 are needed)`,
      es: `como mucho ${counted.es(most, 'escritura estuvo', 'escrituras estuvieron')} en curso a la vez en una cuenta (hacen falta 2)`,
    },
  };
}

/** Nobody had used the account when the second operation on it began. */
function firstUsesOverlapped(entries: readonly Entry[]): Coverage {
  const all = [...grouped(entries, ({ asked }) => asked.account).values()];
  const met = all.filter(([first, second]) => first && second && second.invokedOn < ended(first));
  return {
    condition: 'first-uses-overlapped',
    met: met.length >= 1,
    story: {
      en: `${counted.en(met.length, 'account was', 'accounts were')} used for the first time by two at once (1 is needed)`,
      es: `${counted.es(met.length, 'cuenta se usó', 'cuentas se usaron')} por primera vez entre dos a la vez (hace falta 1)`,
    },
  };
}

function readAtRest(periods: readonly Period[]): Coverage {
  const read = periods.filter((period) => period.read !== undefined).length;
  return {
    condition: 'read-at-rest',
    met: read === periods.length,
    story: {
      en: `${read} of ${periods.length} reads at rest were answered`,
      es: `se respondieron ${read} de ${periods.length} lecturas en reposo`,
    },
  };
}
