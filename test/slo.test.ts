import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExemplarsNote, SloNote } from '../katas/kata-13-end-to-end-trace/notes.js';
import type { PanelsNote } from '../katas/kata-13-end-to-end-trace/contract/panels.js';
import { panels } from '../katas/kata-13-end-to-end-trace/contract/panels.js';
import type { RunRecord } from '../src/kata/run-record.js';
import { readSpans } from '../src/lab/telemetry/stored.js';
import { embeddedPrometheus } from '../src/services/prometheus/embedded.js';
import { promtoolBeside } from '../src/services/prometheus/program.js';
import { makeDesk, repository, type Desk } from './support/cli.js';
import { describeWith, needs } from './support/requires.js';

const slo = path.join(repository, 'katas', 'kata-13-end-to-end-trace', 'contract');

describeWith('apt', 'kata 13 with an objective', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init', '--locale', 'en');
  });
  afterAll(async () => {
    await desk.remove();
  });

  it('has rules that promtool takes, and that call somebody just where they should', async () => {
    const cache = path.join(desk.env['XDG_CACHE_HOME'] ?? '', 'plan', 'prometheus');
    const signal = new AbortController().signal;
    const program = await embeddedPrometheus(cache, { signal, onProgress: () => undefined });
    const promtool = promtoolBeside(program) ?? 'promtool';
    const checked = await execa(promtool, ['check', 'rules', 'rules.yml'], { cwd: slo });
    expect(checked.stdout).toContain('11 rules found');
    const tested = await execa(promtool, ['test', 'rules', 'rules.cases.yml'], { cwd: slo });
    expect(tested.stdout).toContain('SUCCESS');
  }, 180_000);

  it.skipIf(!needs('rabbitmq', 'kata 13 with an objective'))(
    'has data of a run for every expression of every panel and rule',
    async () => {
      const run = await desk.json('run', 'kata-13', '--slo', 'on', '--act', 'slo');
      const record = run.data as RunRecord;
      const [one] = record.cases;
      // Beside others at work a run may be too busy to say.
      expect(['holds', 'inconclusive'], run.stderr).toContain(one?.verdict);
      expect(record.services.map(({ name }) => name)).toContain('prometheus');
      const noted = readFileSync(path.join(desk.folder, record.folder, 'history.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('"type":"note"'))
        .map((line) => JSON.parse(line) as { f: string; value: unknown });
      const note = <T>(name: string): T => noted.find(({ f }) => f === name)?.value as T;
      const seen = note<PanelsNote>('panels').panels;
      expect(seen.map(({ id }) => id)).toEqual(panels.map(({ id }) => id));
      for (const { id, series, values } of seen) {
        expect(series[0]?.points, id).toBeGreaterThan(0);
        expect(
          values.some((value) => value !== null),
          id,
        ).toBe(true);
      }
      const { burnt, burntShort, before, after, isSeen } = note<SloNote>('slo');
      expect(isSeen).toBe(true);
      expect(burnt.length).toBeGreaterThan(0);
      expect(burntShort.length).toBeGreaterThan(0);
      expect(after.all).toBeGreaterThan(before.all);
      expect(after.good).toBeGreaterThan(before.good);
      const traces = new Set(
        (
          await readSpans(path.join(desk.folder, record.folder, `${one?.slug ?? ''}.spans.jsonl`))
        ).map(({ traceId }) => traceId),
      );
      const { traces: exemplars } = note<ExemplarsNote>('exemplars');
      expect(exemplars.length).toBeGreaterThan(0);
      expect(exemplars.filter(({ id }) => !traces.has(id))).toEqual([]);
      expect(one?.tracks?.rows).toHaveLength(panels.length);

      expect((await desk.plan('doc', 'kata-13')).exitCode).toBe(0);
      const page = readFileSync(path.join(desk.folder, 'journal', 'kata-13.md'), 'utf8');
      const picture = /!\[[^\]]+\]\((kata-13-[\w-]+\.svg)\)/.exec(page)?.[1] ?? '';
      const svg = readFileSync(path.join(desk.folder, 'journal', picture), 'utf8');
      for (const { title } of panels) expect(svg).toContain(title.en);
    },
    240_000,
  );
});
