import { describe, expect, it } from 'vitest';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord, Resources } from '../../kata/run-record.js';
import { caseOf, recordOf } from '../../../test/support/stored-run.js';
import { comparisonOf } from '../view/comparison.js';
import { curveSvg } from './curve-svg.js';
import { improvementOf, tellImprovement } from '../view/improvement.js';
import { sideNamesOf } from '../view/sides.js';
import { limitOf, tellLimit } from '../view/limit.js';
import { pageOf } from './compare.js';

const kata = {
  id: 'kata-4',
  title: { en: 'Over-selling', es: 'Sobreventa' },
  conditions: () => ({ en: 'few', es: 'pocos' }),
  options: {},
  columns: [],
} as unknown as Kata;

/** Rounds of both: Go takes half of Node's time in the first, a fifth in the last. */
const cases = [
  side('node', 1, 100),
  side('go', 1, 50),
  side('node', 2, 120),
  side('go', 2, 30),
  side('node', 3, 100),
  side('go', 3, 20),
];
const record = recordOf({ cases, command: ['compare', 'kata-4'] });

describe('comparisonOf', () => {
  it('works out ratios round by round, with their spread', () => {
    const [only] = comparisonOf(kata, record);
    const [ratios] = only?.ratios ?? [];
    expect(ratios).toMatchObject({ language: 'go', to: 'node' });
    const p99 = ratios?.ratios.find(({ metric }) => metric === 'p99');
    expect(p99).toEqual({ metric: 'p99', n: 3, median: 0.25, low: 0.2, high: 0.5 });
    expect(only?.sides.map(({ row }) => row.cpuPerRequest)).toEqual([400, 400]);
  });

  it('leaves out a round that one of them has no figure of', () => {
    const half = cases.map((one) =>
      one.slug === 'go-2' ? { ...one, latency: null, resources: null } : one,
    );
    const [only] = comparisonOf(kata, { ...record, cases: half });
    expect(only?.ratios[0]?.ratios.every(({ n }) => n === 2)).toBe(true);
  });

  it('has nothing to say where nothing was measured', () => {
    expect(comparisonOf(kata, { ...record, cases: [] })).toEqual([]);
  });
});

describe('two versions of one program', () => {
  const version = (path: string, hash: string) =>
    ({ kind: 'own', language: 'go', runtime: 'go1.26', path, hash }) as const;
  const versions = (p99s: readonly (readonly [number, number])[], verdict = 'holds') =>
    recordOf({
      cases: p99s.flatMap(([before, mine], at) => [
        { ...side('go', at + 1, before), implementation: version('mine-old', 'h1') },
        { ...side('go', at + 1, mine), implementation: version('mine', 'h2'), verdict },
      ]) as CaseRecord[],
    });
  const improvement = (run: ReturnType<typeof versions>) =>
    improvementOf(run, comparisonOf(kata, run));
  const five = (p99: number) => Array.from({ length: 5 }, () => [100, p99] as const);

  it('shows a lower p99 that was lower in each of five rounds', () => {
    const shown = improvement(versions(five(50)));
    expect(shown).toMatchObject({ shown: true, p99: { n: 5, low: 0.5, high: 0.5 } });
    expect(tellImprovement('en', shown)).toContain('lower in each of 5 rounds (ratio 0.50–0.50)');
  });

  it.each([
    ['few-rounds', versions(five(50).slice(1))],
    ['no-difference', versions([...five(50), [100, 100]])],
    ['higher', versions(five(150))],
    ['not-holding', versions(five(50), 'violated')],
    ['no-p99', versions([])],
    ['interrupted', { ...versions(five(50)), outcome: 'interrupted' as const }],
  ])('shows nothing: %s', (why, run) => {
    expect(improvement(run)).toMatchObject({ shown: false, why });
  });

  it('asks on its page what was changed', () => {
    const run = versions(five(50));
    const page = pageOf('en', {
      ...{ kata, record: run, cases: comparisonOf(kata, run), languages: ['mine-old', 'mine'] },
      ...{ linkOf: () => 'x.svg', improvement: improvement(run) },
    });
    expect(page.template).toContain('What did I change');
    expect(page.content).toContain('A lower p99 is shown');
  });

  it('names them by what tells their folders apart', () => {
    const names = (...paths: string[]) =>
      sideNamesOf(paths.map((path, at) => version(path, `${at}bcdefghi`)));
    expect(names('mine-old', 'mine')).toEqual(['mine-old', 'mine']);
    expect(names('v1/api', 'v2/api')).toEqual(['v1/api', 'v2/api']);
    expect(names('api', 'old/api')).toEqual(['api 0bcdefg', 'old/api']);
    expect(names('parts', 'parts')).toEqual(['parts 0bcdefg', 'parts 1bcdefg']);
  });
});

describe('limitOf', () => {
  const limit = (resources: Partial<Resources> | null, bound = false) =>
    limitOf([{ ...withUse(resources), ...(bound && { generator: boundGenerator }) }], 2);
  const calm = { cpuMs: 200, busiestThreadMs: 150, planCpuMs: 300, machineCpuMs: 600 };

  it('names what had no time left', () => {
    expect(limit(calm).kind).toBe('waiting');
    expect(limit({ ...calm, cpuMs: 990, busiestThreadMs: 950 }).kind).toBe('thread');
    expect(limit({ ...calm, cpuMs: 1400, machineCpuMs: 1950 }).kind).toBe('machine');
    expect(limit({ ...calm, machineCpuMs: 1950 }).kind).toBe('neighbours');
    expect(limit(calm, true).kind).toBe('generator');
    expect(limit(null).kind).toBe('unknown');
  });

  it('says in how many rounds', () => {
    const rounds = [withUse(calm), withUse(calm), withUse({ ...calm, busiestThreadMs: 950 })];
    expect(tellLimit('en', limitOf(rounds, 2))).toBe(
      'waiting (I/O, timers, locks): the program used 0.2 of 2 cores (in 2 of 3 rounds)',
    );
  });
});

describe('the page', () => {
  it('has tables, a picture, limits, and questions outside of what is renewed', () => {
    const page = pageOf('en', {
      ...{ kata, record, cases: comparisonOf(kata, record), languages: ['node', 'go'] },
      ...{ linkOf: () => 'node-vs-go/kata-4.svg', improvement: undefined },
    });
    expect(page.region).toBe('compare-kata-4');
    expect(page.template).toContain('# Node vs Go');
    expect(page.template.indexOf('<!-- /plan:compare-kata-4 -->')).toBeLessThan(
      page.template.indexOf('1. _'),
    );
    expect(page.content).toContain('0.25 (0.20–0.50)');
    expect(page.content).toContain('](node-vs-go/kata-4.svg)');
    expect(page.content).toContain('- Go: ');
  });
});

describe('curveSvg', () => {
  const plot = { title: 'a < b', note: '', latencyAxis: 'ms', percentileAxis: 'p' };
  const curve = [
    { ms: 10, share: 0 },
    { ms: 20, share: 0.5 },
    { ms: 80, share: 1 },
  ];

  it('draws a line and a band a side, and escapes what it is told', () => {
    const svg = curveSvg({ ...plot, sides: [{ label: 'A & B', rounds: [curve, curve], n: 1000 }] });
    expect(svg.match(/class="line side0" d="M[\d. L]+"/g)).toHaveLength(1);
    expect(svg).toContain('a &lt; b');
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('>p99.9<');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('goes no further than the samples carry, and stays whole without any', () => {
    const few = curveSvg({ ...plot, sides: [{ label: 'A', rounds: [curve], n: 50 }] });
    expect(few).toContain('>p90<');
    expect(few).not.toContain('>p99<');
    expect(curveSvg({ ...plot, sides: [{ label: 'A', rounds: [], n: 0 }] })).not.toMatch(
      /NaN|Infinity/,
    );
  });
});

const boundGenerator = {
  ...{ bound: true, boundBy: ['utilisation'], utilisation: 0.95, lagP99: 1, unsent: 0 },
};

function side(language: string, repetition: number, ms: number): CaseRecord {
  const base = caseOf();
  const implementation = { ...base.implementation, language, runtime: language, path: language };
  const latency = base.latency && { ...base.latency, p50: ms, p95: ms, p99: ms };
  const slug = `${language}-${repetition}`;
  return { ...withUse({ cpuMs: 40 }), implementation, latency, repetition, slug };
}

function withUse(resources: Partial<Resources> | null): CaseRecord {
  return caseOf({
    resources: resources && { cpuMs: 0, peakRssBytes: 1, wallMs: 1000, ...resources },
  });
}
