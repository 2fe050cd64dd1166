import { describe, expect, it } from 'vitest';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { withImprovement, withRun } from './record.js';
import { heldOf, shapeProblem, type Progress } from './shape.js';

const item = 'm2.b1.kata-4';
const empty: Progress = { schema: 1, startedOn: null, locale: null, items: {}, katas: {} };
const own = { kind: 'own', language: 'go', runtime: 'go1.26', path: 'mine', hash: 'h1' } as const;
const reference = { ...own, kind: 'reference', path: '/plan/katas/kata-4/go' } as const;

function run(cases: Partial<CaseRecord>[], change: Partial<RunRecord> = {}): RunRecord {
  return {
    schema: 2,
    kata: 'kata-4',
    startedAt: '2026-11-24T10:15:02Z',
    // Noon where the test runs: dates are the learner's own.
    finishedAt: new Date(2026, 10, 24, 12).toISOString(),
    folder: 'results/kata-4/2026-11-24T10-15-02Z',
    command: ['run', 'kata-4'],
    seed: 1,
    plan: '0.1.0',
    machine: { platform: 'linux', release: '6', cpu: 'x', cores: 2, memory: 1, node: '20' },
    services: [],
    outcome: 'as-expected',
    ...change,
    cases: cases.map((one, index) => ({
      index,
      slug: `case-${index}`,
      strategy: 'naive',
      repetition: 1,
      implementation: reference,
      options: { isolation: 'serializable', buyers: 100 },
      expected: { verdict: 'holds' },
      verdict: 'holds',
      asExpected: true,
      findings: [],
      coverage: [],
      figures: {},
      latency: latency(50),
      counts: { requests: 100, ok: 10, fail: 90, unknown: 0 },
      resources: null,
      lines: [1, 2],
      ...one,
    })),
  };
}

function latency(p99: number | null): CaseRecord['latency'] {
  return { n: 100, p50: 10, p95: 20, p99, p999: null, max: 90, mean: 11, throughput: 400 };
}

const after = (record: RunRecord, before = empty) => withRun(before, record, { item });
const kata = (progress: Progress) => progress.katas['kata-4'];

describe('a newer version that is shown to be better', () => {
  const older = { ...own, path: 'mine-old', hash: 'h0' };
  const better = run([{ implementation: older }, { implementation: own }]);

  it('is the evidence of what it ticks, and the older one is not', () => {
    const { items } = withImprovement(empty, better, ['final.8']);
    expect(items).toEqual({
      'final.8': {
        date: '2026-11-24',
        evidence: {
          by: 'run',
          run: better.folder,
          implementation: { path: 'mine', hash: 'h1' },
        },
      },
    });
  });

  it('names of a system the roles that were the learner’s', () => {
    const cast = { order: own, payment: reference };
    const [first, last] = better.cases;
    const mixed = { ...better, cases: [first, { ...last, cast }] } as RunRecord;
    const [item] = Object.values(withImprovement(empty, mixed, ['final.8']).items);
    expect(item?.evidence).toMatchObject({ roles: { order: { path: 'mine', hash: 'h1' } } });
    expect(shapeProblem(withImprovement(empty, mixed, ['final.8']))).toBeUndefined();
  });
});

describe('the tick of a kata', () => {
  it('comes with the evidence of an own implementation that held', () => {
    expect(after(run([{ implementation: own }])).items[item]).toEqual({
      date: '2026-11-24',
      evidence: {
        by: 'run',
        run: 'results/kata-4/2026-11-24T10-15-02Z',
        implementation: { path: 'mine', hash: 'h1' },
      },
    });
  });

  it.each<[string, RunRecord]>([
    ['a reference implementation', run([{}])],
    ['one that broke an invariant', run([{ implementation: own, verdict: 'violated' }])],
    ['one that showed nothing', run([{ implementation: own, verdict: 'inconclusive' }])],
    [
      'one that held only sometimes',
      run([{ implementation: own }, { implementation: own, verdict: 'violated' }]),
    ],
    [
      'an own that failed beside a reference that held',
      run([{}, { implementation: own, verdict: 'error' }]),
    ],
    ['an interrupted run', run([{ implementation: own }], { outcome: 'interrupted' })],
    ['a run without cases', run([])],
  ])('does not come from %s', (_what, record) => {
    expect(after(record).items).toEqual({});
  });

  it('keeps its date and renews its evidence', () => {
    const first = after(run([{ implementation: own }]));
    const second = after(
      run([{ implementation: { ...own, hash: 'h2' } }], {
        folder: 'results/kata-4/later',
        finishedAt: '2026-12-01T12:00:00Z',
      }),
      first,
    );
    expect(second.items[item]).toMatchObject({
      date: '2026-11-24',
      evidence: { run: 'results/kata-4/later', implementation: { hash: 'h2' } },
    });
  });

  it('is not taken back by a later run that fails', () => {
    const first = after(run([{ implementation: own }]));
    const second = after(run([{ implementation: own, verdict: 'violated' }]), first);
    expect(second.items).toEqual(first.items);
  });

  it('turns a tick by hand into a proved one', () => {
    const byHand = { date: '2026-10-01', evidence: { by: 'hand' as const } };
    const progress = after(run([{ implementation: own }]), { ...empty, items: { [item]: byHand } });
    expect(progress.items[item]).toMatchObject({ date: '2026-10-01', evidence: { by: 'run' } });
  });
});

describe('the figures of a kata', () => {
  it('keep what the report shows', () => {
    expect(kata(after(run([{ latency: latency(42) }])))).toEqual({
      best: expect.objectContaining({ p99: 42 }) as unknown,
      last: {
        run: 'results/kata-4/2026-11-24T10-15-02Z',
        date: '2026-11-24',
        outcome: 'as-expected',
        verdict: 'holds',
        kind: 'reference',
        language: 'go',
        strategy: 'naive',
        options: { isolation: 'serializable', buyers: 100 },
        n: 100,
        p50: 10,
        p95: 20,
        p99: 42,
        throughput: 400,
      },
    });
  });

  it('are best where it held with the lowest p99', () => {
    const lesson = run([
      { strategy: 'naive', verdict: 'violated', latency: latency(5) },
      { strategy: 'atomic', latency: latency(30) },
      { strategy: 'optimistic', latency: latency(60) },
      { strategy: 'untold', latency: latency(null) },
    ]);
    expect(kata(after(lesson))?.best).toMatchObject({ strategy: 'atomic', p99: 30 });
  });

  it.each<[string, Partial<CaseRecord>, number]>([
    ['a slower one does not', { latency: latency(31) }, 30],
    ['an equal one does not', { latency: latency(30), strategy: 'other' }, 30],
    ['a faster one does', { latency: latency(29) }, 29],
    ['a faster one that broke does not', { latency: latency(1), verdict: 'violated' }, 30],
    ['one whose p99 is not known does not', { latency: latency(null) }, 30],
    ['one without any answer does not', { latency: null }, 30],
    ["the learner's own does, though slower", { latency: latency(90), implementation: own }, 90],
  ])('replace the best: %s', (_what, later, p99) => {
    const first = after(run([{ latency: latency(30) }]));
    const best = kata(after(run([later], { folder: 'results/kata-4/later' }), first))?.best;
    expect(best?.p99).toBe(p99);
    expect(best?.run).toBe(
      p99 === 30 ? 'results/kata-4/2026-11-24T10-15-02Z' : 'results/kata-4/later',
    );
  });

  it("no reference replaces the learner's own", () => {
    const first = after(run([{ latency: latency(90), implementation: own }]));
    expect(kata(after(run([{ latency: latency(1) }]), first))?.best?.kind).toBe('own');
  });

  it.each<[string, Partial<CaseRecord>[], Partial<CaseRecord>]>([
    [
      'the case that failed of an own',
      [{ implementation: own }, { implementation: own, verdict: 'violated' }],
      { verdict: 'violated' },
    ],
    [
      'the fastest that held of a lesson',
      [{ verdict: 'violated' }, { strategy: 'atomic' }],
      { strategy: 'atomic' },
    ],
    [
      'a failed one where none held',
      [{ verdict: 'error' }, { verdict: 'violated' }],
      { verdict: 'violated' },
    ],
  ])('tell of the last run: %s', (_what, cases, told) => {
    expect(kata(after(run(cases)))?.last).toMatchObject(told);
  });

  it('of a run without cases leave the file as it is', () => {
    expect(after(run([]))).toBe(empty);
  });
});

it('unknown fields survive at every depth', () => {
  const extra = { odd: [1, { deep: null }] };
  const figures = kata(after(run([{ latency: latency(99) }])))?.best;
  const before = {
    ...empty,
    ...extra,
    items: {
      [item]: {
        ...extra,
        date: null,
        evidence: {
          ...extra,
          by: 'run',
          run: 'r',
          implementation: { ...extra, path: 'p', hash: 'h' },
        },
      },
      other: extra,
    },
    katas: {
      'kata-4': { ...extra, best: { ...figures, ...extra }, last: { ...figures, ...extra } },
      'kata-99': extra,
    },
  } as unknown as Progress;
  const now = after(run([{ implementation: own }]), before);
  expect(now).toMatchObject({
    ...extra,
    items: {
      [item]: { ...extra, evidence: { ...extra, implementation: { ...extra, hash: 'h1' } } },
      other: extra,
    },
    katas: {
      'kata-4': { ...extra, best: { ...extra, kind: 'own' }, last: { ...extra, kind: 'own' } },
      'kata-99': extra,
    },
  });
});

describe('the tick of a kata of several services', () => {
  const asked = ['order', 'payment', 'stock'];
  /** Who played, the learner's own by name, each of a hash of its own. */
  const playedBy = (...roles: string[]): Partial<CaseRecord> => ({
    implementation: { ...own, kind: roles.length < 3 ? 'mixed' : 'own', hash: 'all' },
    cast: Object.fromEntries(
      asked.map((role) => [role, roles.includes(role) ? { ...own, hash: role } : reference]),
    ),
  });
  const next = (before: Progress, record: RunRecord) => withRun(before, record, { item }, asked);

  it('gathers what has held, and comes when all have in one run together', () => {
    const one = next(empty, run([playedBy('payment')]));
    expect(one.items).toEqual({});
    expect(heldOf(one, 'kata-4')).toEqual({ done: 1, total: 3 });
    const three = next(next(one, run([playedBy('payment', 'order')])), run([playedBy('stock')]));
    expect(heldOf(three, 'kata-4')).toEqual({ done: 3, total: 3 });
    expect(three.items).toEqual({});
    const { date, evidence } = next(three, run([playedBy(...asked)])).items[item] ?? {};
    expect(date).toBe('2026-11-24');
    expect(evidence).toMatchObject({
      roles: { order: { path: 'mine', hash: 'order' }, stock: { path: 'mine', hash: 'stock' } },
    });
  });

  it('counts no role that failed, and none of which only some cases held', () => {
    const failed = { ...playedBy('payment'), verdict: 'violated' } as const;
    expect(heldOf(next(empty, run([failed])), 'kata-4')).toBeUndefined();
    expect(heldOf(next(empty, run([failed, playedBy('payment')])), 'kata-4')).toBeUndefined();
  });

  it('needs no role that the plan does not ask for', () => {
    const view = withRun(empty, run([playedBy('stock')]), { item }, ['stock']);
    expect(view.items[item]?.evidence).toMatchObject({ roles: { stock: { hash: 'stock' } } });
  });

  it('comes requirement by requirement, where its own rules hold', () => {
    const requirements = [
      { item: 'm6.b1.requirement-1', rules: ['ends'] },
      { item: 'm6.b1.requirement-2', rules: ['once', 'told'] },
    ];
    const rule = { en: 'x', es: 'x' };
    const finding = (invariant: string, holds: boolean | null) => ({ invariant, rule, holds });
    const ticked = (findings: CaseRecord['findings'], change: Partial<CaseRecord> = {}) => {
      const one = { ...playedBy(...asked), verdict: 'violated', findings, ...change } as const;
      return Object.keys(withRun(empty, run([one]), { requirements }, asked).items);
    };
    const [ends, once] = [finding('ends', true), finding('once', true)];
    expect(ticked([ends, once, finding('told', false)])).toEqual(['m6.b1.requirement-1']);
    expect(ticked([ends, once, finding('told', null)])).toEqual(['m6.b1.requirement-1']);
    expect(ticked([ends, once, finding('told', true)])).toHaveLength(2);
    // A rule that was not judged shows nothing, nor does a program that dies or is not whole.
    expect(ticked([ends, once])).toEqual(['m6.b1.requirement-1']);
    expect(ticked([ends, finding('stays-alive', false)])).toEqual([]);
    expect(ticked([ends], { coverage: [{ condition: 'x', met: false, story: rule }] })).toEqual([]);
    expect(ticked([ends], { verdict: 'error' })).toEqual([]);
    expect(ticked([ends], playedBy('order'))).toEqual([]);
  });

  it('is kept in a file that reads again', () => {
    const kept = next(empty, run([playedBy(...asked)]));
    expect(shapeProblem(JSON.parse(JSON.stringify(kept)))).toBeUndefined();
    expect(shapeProblem({ ...kept, katas: { 'kata-4': { held: { of: 3 } } } })).toMatchObject({
      field: 'katas.kata-4.held.roles',
    });
  });
});
