import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CaseRecord, RunRecord } from '../../src/kata/run-record.js';

/** A case of kata 4 as a run leaves it; the figures are made up. */
export function caseOf(changes: Partial<CaseRecord> = {}): CaseRecord {
  return {
    index: 0,
    slug: 'pessimistic-read-committed-node',
    strategy: 'pessimistic',
    repetition: 1,
    implementation: {
      kind: 'reference',
      language: 'node',
      runtime: 'Node 20.20.2',
      path: '/somewhere/katas/kata-4-over-selling/node',
      hash: 'c0ffee'.repeat(11).slice(0, 64),
    },
    options: { isolation: 'read-committed', buyers: 100, stock: 10, retries: 50, thinkMs: 5 },
    expected: { verdict: 'holds' },
    verdict: 'holds',
    asExpected: true,
    findings: [],
    coverage: [],
    figures: { sold: 10, oversold: 0, retries: 0 },
    latency: {
      n: 100,
      p50: 20,
      p95: 30,
      p99: 40,
      p999: null,
      max: 41,
      mean: 21,
      throughput: 1190,
    },
    counts: { requests: 100, ok: 10, fail: 90, unknown: 0 },
    resources: null,
    lines: [1, 2],
    ...changes,
  };
}

/** Over-selling as the naive strategy shows it, with its witness on lines 1 and 2. */
export function naiveCase(): CaseRecord {
  const story = 'b-14 and b-31 both read stock = 1';
  return caseOf({
    strategy: 'naive',
    slug: 'naive-read-committed-node',
    expected: { verdict: 'violated', by: 'no-overselling', with: [] },
    verdict: 'violated',
    figures: { sold: 47, oversold: 37, retries: 0 },
    findings: [
      {
        invariant: 'no-overselling',
        rule: { en: 'No more are sold than there are.', es: 'No se venden más que hay.' },
        holds: false,
        witness: { story: { en: story, es: `${story} (es)` }, lines: [1, 2] },
      },
    ],
  });
}

/** The lesson of kata 4: naive at three levels, and the three cures. */
export function lessonCases(): CaseRecord[] {
  const base = caseOf().options;
  return [
    naiveCase(),
    caseOf({ strategy: 'naive', options: { ...base, isolation: 'repeatable-read' } }),
    caseOf({ strategy: 'naive', options: { ...base, isolation: 'serializable' } }),
    caseOf({ strategy: 'pessimistic' }),
    caseOf({ strategy: 'optimistic', latency: { ...latency(), p99: 39 } }),
    caseOf({ strategy: 'atomic', latency: { ...latency(), p99: 44 } }),
  ];
}

export function recordOf(changes: Partial<RunRecord> = {}): RunRecord {
  const startedAt = changes.startedAt ?? '2026-11-24T10:15:02.123Z';
  const name = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  return {
    schema: 2,
    kata: 'kata-4',
    startedAt,
    finishedAt: startedAt,
    folder: `results/kata-4/${name}`,
    command: ['run', 'kata-4'],
    seed: 7,
    plan: '0.1.0',
    machine: {
      platform: 'linux x64',
      release: '6.1',
      cpu: 'A CPU',
      cores: 2,
      memory: 8 * 1024 ** 3,
      node: '20.20.2',
    },
    services: [
      {
        name: 'postgres',
        version: '18.4',
        provider: 'embedded',
        url: 'postgres://127.0.0.1/',
        kept: false,
        settings: { fsync: 'on' },
      },
    ],
    cases: lessonCases(),
    outcome: 'as-expected',
    ...changes,
  };
}

/** Puts a run where `plan run` would have, with a history of two lines. */
export async function store(root: string, record: RunRecord): Promise<string> {
  const folder = path.join(root, record.folder);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(record));
  await writeFile(path.join(folder, 'history.jsonl'), '{"op":13}\n{"op":30}\n{"op":31}\n');
  return folder;
}

function latency(): NonNullable<CaseRecord['latency']> {
  return caseOf().latency as NonNullable<CaseRecord['latency']>;
}
