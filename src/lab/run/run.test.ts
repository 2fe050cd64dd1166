import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exitCodes, PlanError } from '../../base/errors.js';
import type { Kata } from '../../kata/define.js';
import type { ServiceRecord } from '../../kata/run-record.js';
import { outsideContract, type ClientRequest } from '../../kata/client.js';
import type { RunRequest } from './cases.js';
import { exitOf } from './outcome.js';
import { runKata, type RunContext } from './run.js';

const program = `
import http from 'node:http';
const server = http.createServer((request, response) => response.end('{"n":1}'));
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => { server.close(); server.closeAllConnections(); });
`;

const ping: ClientRequest = {
  process: 0,
  f: 'ping',
  asked: {},
  method: 'GET',
  path: '/ping',
  read: (answer) =>
    answer.status === 200
      ? { outcome: 'ok', value: answer.json() }
      : outsideContract(answer, '200 {"n": 1}'),
};

const rule = { en: 'it answers', es: 'responde' };

/** The smallest kata: one request, one rule. Each test breaks one part of it. */
const smallest: Kata = {
  id: 'kata-99',
  item: 'm9.b9.kata-99',
  title: { en: 'Smallest', es: 'Mínima' },
  conditions: () => ({ en: 'one request', es: 'una petición' }),
  services: [],
  strategies: { plain: { en: 'plain', es: 'simple' } },
  languages: ['node'],
  options: {},
  lesson: [{ strategy: 'plain' }],
  defaultStrategy: 'plain',
  expect: () => ({ verdict: 'holds' }),
  columns: [],
  experiment: async (lab) => {
    const started = await lab.start();
    await lab.burst(started, [ping]);
    await started.stop();
  },
  check: (history) => ({
    findings: [{ invariant: 'answers', rule, holds: history.operations('ping').length === 1 }],
    coverage: [],
    figures: {},
  }),
};

const request: RunRequest = {
  strategy: undefined,
  language: undefined,
  own: undefined,
  options: {},
  seed: 1,
  repeat: 1,
};

const postgres: ServiceRecord = {
  ...{ name: 'postgres', version: '18.4', provider: 'local' },
  ...{ url: '', kept: false, settings: {} },
};

let root: string;
let kataFolder: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'plan-run-'));
  vi.stubEnv('XDG_STATE_HOME', path.join(root, 'state'));
  vi.stubEnv('XDG_CACHE_HOME', path.join(root, 'cache'));
  kataFolder = path.join(root, 'katas', 'kata-99-smallest');
  await mkdir(path.join(kataFolder, 'node'), { recursive: true });
  await writeFile(path.join(kataFolder, 'node', 'main.js'), program);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

function run(kata: Partial<Kata>, context: Partial<RunContext> = {}, asked = request) {
  return runKata({ kata: { ...smallest, ...kata }, folder: kataFolder }, asked, {
    root,
    cwd: root,
    env: {},
    provider: undefined,
    command: ['run', 'kata-99'],
    version: '0.0.0',
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onNotice: () => undefined,
    onCase: () => undefined,
    ...context,
  });
}

describe('a run', () => {
  it('holds where everything does', async () => {
    const record = await run({});
    expect(record.cases[0]?.error).toBeUndefined();
    expect(record.outcome).toBe('as-expected');
    expect(exitOf(record)).toBe(exitCodes.ok);
  });

  it('is a defect of ours where the experiment throws, and keeps where', async () => {
    const record = await run({
      experiment: async (lab) => {
        await lab.start();
        throw new TypeError('the kata is broken');
      },
    });
    expect(record.cases[0]).toMatchObject({
      verdict: 'error',
      error: { code: 'defect', what: 'the kata is broken' },
    });
    expect(exitOf(record)).toBe(exitCodes.defect);
    const history = await readFile(path.join(root, record.folder, 'history.jsonl'), 'utf8');
    expect(history).toContain('run.test.ts');
  });

  it('is a defect of ours, never a pass, where the checker throws', async () => {
    const record = await run({
      check: () => {
        throw new Error('the checker is broken');
      },
    });
    expect(record.cases[0]).toMatchObject({
      verdict: 'error',
      error: { code: 'checker-crashed', what: 'the checker is broken' },
    });
    expect(exitOf(record)).toBe(exitCodes.defect);
  });

  it('is inconclusive where nothing was found out', async () => {
    const record = await run({ check: () => ({ findings: [], coverage: [], figures: {} }) });
    // The rules of every program hold; a missing condition alone makes it inconclusive.
    expect(record.outcome).toBe('as-expected');
    const uncovered = { condition: 'storm', met: false, story: rule };
    const other = await run({
      check: () => ({ findings: [], coverage: [uncovered], figures: {} }),
    });
    expect(exitOf(other)).toBe(exitCodes.inconclusive);
  });

  it('interleaves repetitions and gives each its own lines', async () => {
    const lesson = [{ strategy: 'plain' }, { strategy: 'other' }];
    const record = await run({ lesson }, {}, { ...request, repeat: 2 });
    expect(record.cases.map(({ strategy, repetition }) => `${strategy} ${repetition}`)).toEqual([
      'plain 1',
      'other 1',
      'plain 2',
      'other 2',
    ]);
    const edges = record.cases.map(({ lines }) => lines);
    edges.slice(1).forEach(([first], n) => expect(first).toBe((edges[n]?.[1] ?? 0) + 1));
  });

  it('begins the next case while one only waits, and keeps their order', async () => {
    let begun = 0;
    const ended: number[] = [];
    const record = await run(
      {
        experiment: async (lab) => {
          begun += 1;
          const mine = begun;
          lab.letNextBegin();
          await lab.until('the other has begun', () => begun === 2);
          if (mine === 1) await lab.until('the other has ended', () => ended.length === 1);
          lab.note('mine', mine);
          ended.push(mine);
        },
      },
      {},
      { ...request, repeat: 2 },
    );
    expect(ended).toEqual([2, 1]);
    expect(record.cases.map(({ repetition }) => repetition)).toEqual([1, 2]);
    const file = path.join(root, record.folder, 'history.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n');
    for (const [at, { lines: own }] of record.cases.entries())
      for (const line of lines.slice(own[0] - 1, own[1]))
        expect(JSON.parse(line)).toMatchObject({ case: at });
  });

  it('lets no more than three be under way, however many only wait', async () => {
    let [underWay, most] = [0, 0];
    await run(
      {
        experiment: async (lab) => {
          underWay += 1;
          most = Math.max(most, underWay);
          lab.letNextBegin();
          await new Promise((resolve) => setTimeout(resolve, 30));
          underWay -= 1;
        },
      },
      {},
      { ...request, repeat: 5 },
    );
    expect(most).toBe(3);
  });

  it('lets one case at a time do what it does alone', async () => {
    let [alone, most] = [0, 0];
    await run(
      {
        experiment: async (lab) => {
          lab.letNextBegin();
          await lab.alone(async () => {
            alone += 1;
            most = Math.max(most, alone);
            await new Promise((resolve) => setTimeout(resolve, 10));
            alone -= 1;
          });
        },
      },
      {},
      { ...request, repeat: 3 },
    );
    expect(most).toBe(1);
  });

  it('blames no program that ended with its server, though that is known only then', async () => {
    await writeFile(path.join(kataFolder, 'node', 'main.js'), 'process.exit(1);');
    const outcome = async (onLost: (tell: (died: Error) => void) => void) => {
      let tell: (died: Error) => void = () => undefined;
      const died = new Promise<Error>((resolve) => (tell = resolve));
      const server = { record: postgres, url: '', died, stop: () => Promise.resolve() };
      const told = await run(
        {},
        {
          services: () => Promise.resolve({ all: [server], stopAll: () => Promise.resolve() }),
          onEvent: ({ f }) => f === 'program-unhealthy' && onLost(tell),
        },
      );
      return { exit: exitOf(told), verdict: told.cases[0]?.verdict };
    };
    const killed = await outcome((tell) => setTimeout(() => tell(new Error('killed')), 50));
    expect(killed).toEqual({ exit: exitCodes.environment, verdict: 'error' });
    const alive = await outcome(() => undefined);
    expect(alive).toEqual({ exit: exitCodes.violated, verdict: 'violated' });
  });

  it('ends when it is interrupted, keeps what was done, and leaves `latest` alone', async () => {
    const interrupt = new AbortController();
    const reason = new PlanError({ code: 'interrupted', exit: 130, what: 'stop' });
    const lesson = [{ strategy: 'plain' }, { strategy: 'other' }];
    const record = await run(
      { lesson },
      { signal: interrupt.signal, onCase: () => interrupt.abort(reason) },
    );
    expect(record.outcome).toBe('interrupted');
    expect(record.cases).toHaveLength(1);
    const latest = path.join(root, 'results', 'kata-99', 'latest');
    await expect(readFile(path.join(latest, 'run.json'))).rejects.toThrow('ENOENT');
  });
});
