import type { GeneratorRecord } from '../../kata/run-record.js';
import type { LoadResult } from './types.js';

/** What the run keeps of the generator: the worst of a case's loads. Undefined without a load. */
export function worstOf(loads: readonly LoadResult[]): GeneratorRecord | undefined {
  if (loads.length === 0) return undefined;
  const most = (of: (load: LoadResult) => number): number => Math.max(...loads.map(of));
  return {
    bound: loads.some(({ generatorBound }) => generatorBound),
    boundBy: [...new Set(loads.flatMap(({ generator }) => generator.boundBy))],
    utilisation: rounded(most(({ generator }) => generator.utilisation)),
    lagP99: rounded(most(({ generator }) => generator.lagP99)),
    unsent: loads.reduce((sum, { measured }) => sum + measured.unsent, 0),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
