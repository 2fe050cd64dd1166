import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { causes, type Cause } from '../katas/mystery/contract/seal.js';
import { makeDesk, type Desk } from './support/cli.js';
import { everything } from './support/everything.js';
import { describeWith } from './support/requires.js';
import { until } from './support/processes.js';

interface Told {
  readonly status: string;
  readonly number: number;
  readonly run: { readonly folder: string };
  readonly opening: { readonly about: readonly string[]; readonly accepted: number };
  readonly hints: readonly unknown[];
  readonly hintsLeft: number;
  readonly error?: { readonly code: string };
}

interface Solved {
  readonly status: string;
  readonly cause: string;
  readonly shown?: {
    readonly evidence: { readonly looks: readonly { at: string; find: string }[] };
  };
  readonly ticked: readonly { readonly en: string }[];
}

/**
 * One in the database, one in a service that is called; what is hidden first is in the queue. Each further
 * run takes what it takes to run a kata. The signs of each cause, and that no other has them, are in the kata's rules.
 */
const few: readonly Cause[] = ['lock', 'slow-neighbour'];
const tried = everything ? causes : few;

describeWith('rabbitmq', 'plan mystery', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init', '--locale', 'en');
    await desk.plan('services', 'up', 'postgres', 'rabbitmq');
  }, 120_000);
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  const state = (): string =>
    readFileSync(path.join(desk.folder, 'results', 'mystery', 'mysteries.json'), 'utf8');

  const isBegun = (): boolean => {
    try {
      return state().includes('"run": null');
    } catch {
      return false;
    }
  };

  it('is none until one was begun', async () => {
    for (const words of [['--hint'], ['--answer', 'lock'], ['--give-up']]) {
      const { exitCode, stderr } = await desk.plan('mystery', ...words);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('plan mystery');
    }
    const asKata = await desk.plan('run', 'mystery');
    expect([asKata.exitCode, asKata.stderr]).toEqual([2, expect.stringContaining('plan mystery')]);
    expect((await desk.plan('list')).stdout).not.toContain('mystery');
  });

  it('goes on with the same one after a kill, tells nothing of its cause, and ticks what is found', async () => {
    const begins = desk.start('mystery', '--cause', 'dropping-worker', '--json');
    await until('it has begun', isBegun, 60_000);
    begins.kill('SIGKILL');
    await begins.finished;
    const { number } = (JSON.parse(state()) as { open: { number: number } }).open;

    const begun = await desk.json('mystery');
    expect(begun.exitCode, begun.stderr).toBe(0);
    const told = begun.data as Told;
    expect(told).toMatchObject({ status: 'open', number, hints: [], hintsLeft: 3 });
    const stored = readFileSync(path.join(desk.folder, told.run.folder, 'run.json'), 'utf8');
    for (const cause of causes) {
      expect(stored).not.toContain(cause);
      expect(state()).not.toContain(cause);
      expect(told.run.folder).not.toContain(cause);
    }

    // It is told again, not run again; and a trace of it is found without naming its run.
    expect((await desk.json('mystery')).data).toMatchObject({ run: told.run });
    const [order = ''] = told.opening.about;
    const trace = (await desk.json('trace', order)).data as { spans: { name: string }[] };
    expect(trace.spans.map(({ name }) => name)).toEqual([
      ...['POST /orders', 'send shop', 'process orders'],
    ]);

    // The page asks the same, and gives the same means.
    const server = desk.start('ui', '--no-open');
    const page = path.join(desk.env['XDG_STATE_HOME'] ?? '', 'plan', 'page.json');
    await until('the address', () => existsSync(page));
    const { secret, port } = JSON.parse(readFileSync(page, 'utf8')) as Record<string, string>;
    const address = `http://127.0.0.1:${port}/${secret}/en/`;
    const textOf = (place: string): Promise<string> =>
      fetch(`${address}${place}`).then((answer) => answer.text());
    await until('an answer', () => textOf('mystery').then(Boolean, () => false));
    const shown = await textOf('mystery');
    const trail = `runs/mystery/${path.basename(told.run.folder)}/trace?id=${order}`;
    expect(shown).toContain(trail);
    expect(await textOf(trail)).toContain('process orders');
    server.kill('SIGTERM');
    await server.finished;

    const wrong = await desk.json('mystery', '--answer', 'lock');
    expect([wrong.exitCode, wrong.data]).toEqual([1, expect.objectContaining({ right: false })]);
    expect((await desk.json('mystery', '--hint')).data).toMatchObject({ hintsLeft: 2 });
    const other = await desk.plan('mystery', '--cause', 'lock');
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('--give-up')]);

    const right = (await desk.json('mystery', '--answer', 'dropping-worker')).data as Solved;
    expect(right).toMatchObject({ status: 'found', cause: 'dropping-worker' });
    expect(right.ticked.map(({ en }) => en)).toEqual(['Debug with distributed tracing']);
    const { items } = JSON.parse(readFileSync(path.join(desk.folder, 'progress.json'), 'utf8')) as {
      items: Record<string, unknown>;
    };
    expect(items['final.4']).toMatchObject({
      evidence: { by: 'mystery', cause: 'dropping-worker', run: told.run.folder },
    });
    expect((await desk.plan('checklist', '--final')).stdout).toContain(told.run.folder);
  }, 600_000);

  it('says what mends a file of its own that is broken', async () => {
    const file = path.join(desk.folder, 'results', 'mystery', 'mysteries.json');
    const before = state();
    writeFileSync(file, '{');
    const { exitCode, stderr } = await desk.plan('mystery');
    writeFileSync(file, before);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining(file)]);
  });

  it.each(tried)(
    'shows the evidence of %s in a run of its own, and closes with it',
    async (cause) => {
      await desk.plan('mystery', '--give-up');
      const begun = await desk.json('mystery', '--cause', cause);
      // On a machine that has no time at all no run is clear, and that is said.
      const isUnclear =
        begun.exitCode === 3 && (begun.data as Told).error?.code === 'mystery-unclear';
      if (!isUnclear) {
        expect(begun.exitCode, begun.stderr).toBe(0);
        expect((begun.data as Told).opening.accepted).toBeGreaterThan(100);
        const { data } = await desk.json('mystery', '--give-up');
        const { status, shown } = data as Solved;
        expect([status, (data as Solved).cause]).toEqual(['given-up', cause]);
        for (const { at, find } of shown?.evidence.looks ?? [])
          if (at === 'trace') expect((await desk.plan('trace', find)).exitCode).toBe(0);
        expect(shown?.evidence.looks.length).toBeGreaterThan(1);
      } else
        writeFileSync(
          path.join(desk.folder, 'results', 'mystery', 'mysteries.json'),
          '{"schema":1,"open":null,"past":[]}',
        );
    },
    600_000,
  );
});
