import type { GeneratorRecord } from '../../kata/run-record.js';
import type { LoadResult } from './types.js';

/** What the run keeps of the generator: the worst of a case's loads. Undefined without a load. */
export function worstOf(loads: readonly LoadResult[]): GeneratorRecord | undefined {
  if (loads.length === 0) return undefined;
  const most = (of: (load: LoadResult) => number): number => Math.max(...loads.map(of));
  const limits = loads.flatMap(({ notices }) => notices.map(({ what, mend }) => ({ what, mend })));
  const late = lateOf(loads.filter(({ mode }) => mode === 'open'));
  return {
    bound: loads.some(({ generatorBound }) => generatorBound),
    boundBy: [...new Set(loads.flatMap(({ generator }) => generator.boundBy))],
    utilisation: rounded(most(({ generator }) => generator.utilisation)),
    lagP99: rounded(most(({ generator }) => generator.lagP99)),
    unsent: sum(loads.map(({ measured }) => measured.unsent)),
    ...(late && { late }),
    ...(limits.length > 0 && { limits }),
  };
}

/** Only where requests are due at a time of their own can one be late. */
function lateOf(loads: readonly LoadResult[]): GeneratorRecord['late'] {
  if (loads.length === 0) return undefined;
  const lates = loads.map(({ measured }) => measured.late);
  return {
    count: sum(lates.map(({ count }) => count)),
    forUser: sum(lates.map(({ forUser }) => forUser)),
    maxMs: rounded(Math.max(...lates.map(({ max }) => max))),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
