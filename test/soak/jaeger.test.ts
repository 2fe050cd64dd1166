import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSpans } from '../../src/lab/telemetry/stored.js';
import type { Kept } from '../../src/register/kept.js';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { buildJaeger, traceIn } from '../support/real-jaeger.js';

let desk: Desk;

beforeAll(async () => {
  const program = await buildJaeger();
  desk = await makeDesk({ DOCKER_HOST: 'tcp://127.0.0.1:2' });
  desk.env['PATH'] = `${program}:${desk.env['PATH'] ?? ''}`;
  expect((await desk.plan('services', 'up', 'postgres', 'rabbitmq')).exitCode).toBe(0);
}, 3_600_000);

afterAll(async () => {
  for (const command of ['observe', 'services']) await desk.plan(command, 'down');
  await desk.remove();
});

describe('a real Jaeger', () => {
  it('is kept by plan observe, and has every trace of a run whole', async () => {
    const { exitCode, stderr } = await desk.plan('observe', 'up');
    expect(exitCode, stderr).toBe(0);
    const { url, record } = keptJaeger();
    const run = await runJson(
      ...([
        desk,
        'kata-13',
        '--strategy',
        'full',
        '--otlp',
        record.settings['otlp'] ?? '',
      ] as const),
    );
    expect(run.exitCode, run.stderr).toBe(0);
    const stored = await spansByTrace(path.join(desk.folder, run.record.folder));
    const wanted = [...stored].map(([id, spans]) => ({ id, spans: spans.sort() }));
    expect(wanted.length).toBeGreaterThan(200);
    await vi.waitFor(
      async () => {
        const there = await Promise.all(
          wanted.map(async ({ id }) => ({ id, spans: (await traceIn(url, id))?.spans })),
        );
        expect(there).toEqual(wanted);
      },
      { timeout: 60_000, interval: 1_000 },
    );
    const crossing = await traceIn(url, traceOfTwo(stored));
    expect(new Set(crossing?.services)).toEqual(new Set(['api', 'worker']));
    const spans = wanted.reduce((sum, one) => sum + one.spans.length, 0);
    process.stdout.write(`  ${wanted.length} traces with ${spans} spans, all whole in Jaeger\n`);
  });
});

function keptJaeger(): Kept {
  const file = path.join(desk.env['XDG_STATE_HOME'] ?? '', 'plan', 'kept', 'jaeger.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Kept;
}

async function spansByTrace(folder: string): Promise<Map<string, string[]>> {
  const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.spans.jsonl'));
  const traces = new Map<string, string[]>();
  for (const { traceId, spanId } of await readSpans(path.join(folder, name)))
    traces.set(traceId, [...(traces.get(traceId) ?? []), spanId]);
  return traces;
}

/** One with a span of each service: of an order, it has at least four. */
function traceOfTwo(traces: ReadonlyMap<string, readonly string[]>): string {
  return [...traces].find(([, spans]) => spans.length >= 4)?.[0] ?? '';
}
