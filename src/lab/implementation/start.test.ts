import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanError } from '../../base/errors.js';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { isAlive, registered, until } from '../../../test/support/processes.js';
import { startProgram } from './start.js';
import { tailOf } from './tail.js';
import type { RunningProgram, StartOutcome, UnhealthyReason } from './types.js';

/** Answers 200 to everything, and can be told more in the middle. */
const server = (more: string): string => `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ port: process.env.PORT, env: process.env }));
  });
  ${more}
  server.listen(Number(process.env.PORT), '127.0.0.1');
`;
const drains = "process.on('SIGTERM', () => process.exit(0));";

let folder: TemporaryFolder;
let logFile: string;
let abort: AbortController;
let running: RunningProgram[];

let state: TemporaryFolder;
beforeAll(async () => {
  state = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', state.path);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await state.remove();
});

beforeEach(async () => {
  folder = await makeFolder();
  logFile = path.join(folder.path, 'logs', 'program.log');
  abort = new AbortController();
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  const pids = running.map(({ pid }) => pid);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(registered(state.path)).toEqual([]);
  await folder.remove();
});

async function start(
  source: string,
  given: { env?: Record<string, string>; healthTimeoutMs?: number } = {},
): Promise<StartOutcome> {
  const file = await folder.write('program.mjs', source);
  const outcome = await startProgram(
    {
      command: [process.execPath, file],
      cwd: folder.path,
      env: {},
      runtime: 'Node',
      language: 'node',
    },
    { env: {}, logFile, signal: abort.signal, ...given },
  );
  if (outcome.healthy) running.push(outcome.program);
  return outcome;
}

async function healthy(source: string, env?: Record<string, string>): Promise<RunningProgram> {
  const outcome = await start(source, env && { env });
  if (!outcome.healthy) throw new Error(JSON.stringify(outcome.reason));
  return outcome.program;
}

async function unhealthy(source: string, healthTimeoutMs: number): Promise<UnhealthyReason> {
  const outcome = await start(source, { healthTimeoutMs });
  if (outcome.healthy) throw new Error('it became healthy');
  return outcome.reason;
}

/** The pid that the program has written into its log. */
async function pidIn(program: RunningProgram): Promise<number> {
  await until('a pid in the log', () => Number(program.logTail(1)[0]) > 0);
  return Number(program.logTail(1)[0]);
}

describe('a program that is healthy', () => {
  it('listens on the port that it was given, and drains', async () => {
    const program = await healthy(server(drains));
    const answer = (await (await fetch(program.url)).json()) as { port: string };
    expect(answer.port).toBe(String(program.port));
    expect(program.hasExited()).toBeUndefined();
    const stopped = await program.stop();
    expect(stopped).toMatchObject({ kind: 'drained', code: 0, signal: null });
    expect(program.hasExited()).toEqual({ code: 0, signal: null });
    expect(isAlive(program.pid)).toBe(false);
  });

  it('gets what the contract gives it, and none of the secrets of its caller', async () => {
    const callers = { DATABASE_URL: 'postgres://secret@production/shop', SOME_TOKEN: 'secret' };
    Object.assign(process.env, callers);
    try {
      const program = await healthy(server(drains), { PLAN_STRATEGY: 'naive' });
      const { env } = (await (await fetch(program.url)).json()) as { env: Record<string, string> };
      expect(env).toMatchObject({ PLAN_STRATEGY: 'naive', PATH: process.env['PATH'] });
      expect(JSON.stringify(env)).not.toContain('secret');
    } finally {
      for (const name of Object.keys(callers)) Reflect.deleteProperty(process.env, name);
    }
  });

  it('says what it has used, until it has ended', async () => {
    const program = await healthy(
      // Its own clock, not the machine's: others may have the processor.
      server(`${drains} while (process.cpuUsage().user < 150_000);`),
    );
    const usage = await program.usage();
    expect(usage?.cpuMs).toBeGreaterThanOrEqual(50);
    expect(usage?.peakRssBytes).toBeGreaterThan(10 * 1024 ** 2);
    await program.stop();
    expect(await program.usage()).toBeNull();
  });

  it('may need some time, and may say 503 until then', async () => {
    const program = await healthy(`
      import { createServer } from 'node:http';
      let asked = 0;
      createServer((_, response) => {
        response.writeHead(++asked < 5 ? 503 : 200).end();
      }).listen(Number(process.env.PORT), '127.0.0.1');
    `);
    expect(program.hasExited()).toBeUndefined();
  });

  it('writes its own log, which is added to', async () => {
    await folder.write('logs/program.log', 'from before\n');
    const program = await healthy(server(`console.log('out'); console.error('err'); ${drains}`));
    expect(program.logTail(9)).toEqual(['from before', 'out', 'err']);
  });

  it('is not held up by a huge log', async () => {
    const program = await healthy(
      server(`for (let n = 1; n <= 20_000; n += 1) console.log(n + 'x'.repeat(1000)); ${drains}`),
    );
    expect(program.logTail(1)[0]).toMatch(/^20000x+…$/);
    expect((await program.stop()).kind).toBe('drained');
  });
});

describe('a program that does not become healthy', () => {
  it('has ended: its code and its last lines are told', async () => {
    const reason = await unhealthy("console.error('no database'); process.exit(3);", 10_000);
    expect(reason).toMatchObject({ kind: 'exited', exitCode: 3, exitSignal: null });
    expect(reason.logTail).toEqual(['no database']);
  });

  it('listens nowhere, and is ended', async () => {
    const reason = await unhealthy('console.log(process.pid); setInterval(() => {}, 1000);', 1_000);
    expect(reason.kind).toBe('timeout');
    expect(reason.lastError).toContain('ECONNREFUSED');
    expect(reason.waitedMs).toBeGreaterThanOrEqual(1_000);
    expect(isAlive(Number(reason.logTail[0]))).toBe(false);
  });

  it('takes the question and never answers', async () => {
    const reason = await unhealthy(
      "import { createServer } from 'node:net'; createServer(() => {}).listen(Number(process.env.PORT), '127.0.0.1');",
      1_500,
    );
    expect(reason.kind).toBe('timeout');
    expect(reason.lastError).toMatch(/no answer within \d+ ms/);
  });

  it('answers with another status to the end', async () => {
    const reason = await unhealthy(
      "import { createServer } from 'node:http'; createServer((_, r) => r.writeHead(503).end()).listen(Number(process.env.PORT), '127.0.0.1');",
      1_000,
    );
    expect(reason).toMatchObject({ kind: 'status', lastStatus: 503 });
  });

  it('cannot even be started: its command is not there', async () => {
    const started = startProgram(
      {
        command: ['plan-no-such-command'],
        cwd: folder.path,
        env: {},
        runtime: '',
        language: 'command',
      },
      { env: {}, logFile, signal: abort.signal },
    );
    await expect(started).rejects.toMatchObject({ code: 'command-not-found', exit: 4 });
    await expect(started).rejects.toBeInstanceOf(PlanError);
  });

  it('cannot even be started: its file may not be run', async () => {
    const file = await folder.write('program.sh', '#!/bin/sh\n');
    const started = startProgram(
      { command: [file], cwd: folder.path, env: {}, runtime: '', language: 'command' },
      { env: {}, logFile, signal: abort.signal },
    );
    await expect(started).rejects.toMatchObject({ code: 'command-not-executable', exit: 2 });
  });
});

describe('stopping a program', () => {
  it('kills one that ignores SIGTERM once the grace is over', async () => {
    const program = await healthy(server("process.on('SIGTERM', () => {});"));
    const stopped = await program.stop(300);
    expect(stopped).toMatchObject({ kind: 'killed', code: null, signal: 'SIGKILL' });
    expect(stopped.tookMs).toBeGreaterThanOrEqual(300);
  });

  it('tells one that ends with another code, or by the signal', async () => {
    const failing = await healthy(server("process.on('SIGTERM', () => process.exit(7));"));
    expect(await failing.stop()).toMatchObject({ kind: 'nonzero', code: 7 });
    const deaf = await healthy(server(''));
    expect(await deaf.stop()).toMatchObject({ kind: 'nonzero', signal: 'SIGTERM' });
  });

  it('tells one that has died before', async () => {
    const program = await healthy(server("process.on('SIGUSR2', () => process.exit(9));"));
    process.kill(program.pid, 'SIGUSR2');
    expect(await program.exited).toEqual({ code: 9, signal: null });
    expect(await program.stop()).toEqual({
      kind: 'already-dead',
      code: 9,
      signal: null,
      tookMs: 0,
      escaped: [],
    });
  });

  it('ends a child that outlives the program', async () => {
    const program = await healthy(
      server(`
        const { spawn } = await import('node:child_process');
        const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'ignore' });
        console.log(child.pid);
        ${drains}
      `),
    );
    const child = await pidIn(program);
    expect(isAlive(child)).toBe(true);
    expect((await program.stop()).kind).toBe('drained');
    expect(isAlive(child)).toBe(false);
  });

  it('ends a child whose program has crashed', async () => {
    const program = await healthy(
      server(`
        const { spawn } = await import('node:child_process');
        console.log(spawn('sleep', ['1000'], { stdio: 'ignore' }).pid);
        process.on('SIGUSR2', () => process.kill(process.pid, 'SIGKILL'));
      `),
    );
    const child = await pidIn(program);
    // It crashes when the test says so: by itself it might do so before it is found healthy.
    process.kill(program.pid, 'SIGUSR2');
    expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await until('the child ends', () => !isAlive(child));
  });

  it('lets a program drain whose shell has died of the signal', async () => {
    const file = await folder.write(
      'program.mjs',
      server(
        "process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 300));",
      ),
    );
    // `; true` keeps the shell from turning itself into the program.
    const command = ['/bin/sh', '-c', `"${process.execPath}" "${file}"; true`];
    const outcome = await startProgram(
      { command, cwd: folder.path, env: {}, runtime: 'Node', language: 'command' },
      { env: {}, logFile, signal: abort.signal },
    );
    if (!outcome.healthy) throw new Error(JSON.stringify(outcome.reason));
    running.push(outcome.program);
    await outcome.program.stop();
    expect(outcome.program.logTail(1)).toEqual(['drained']);
  });

  it('kills at once what is asked to be killed, also while it is being stopped', async () => {
    const program = await healthy(server("process.on('SIGTERM', () => {});"));
    const stopping = program.stop(60_000);
    await program.kill();
    expect(await stopping).toMatchObject({ signal: 'SIGKILL' });
    expect(isAlive(program.pid)).toBe(false);
  });

  it('ends a program that is frozen', async () => {
    const program = await healthy(server(drains));
    process.kill(program.pid, 'SIGSTOP');
    expect((await program.stop(200)).kind).toBe('killed');
  });
});

describe('aborting', () => {
  it('ends a program that is still starting', async () => {
    const file = await folder.write(
      'wait.mjs',
      'console.log(process.pid); setInterval(() => {}, 1000);',
    );
    const starting = startProgram(
      {
        command: [process.execPath, file],
        cwd: folder.path,
        env: {},
        runtime: '',
        language: 'node',
      },
      { env: {}, logFile, signal: abort.signal },
    );
    await until('it has begun', () => tailOf(logFile, 1).length > 0);
    abort.abort(new Error('Ctrl-C'));
    await expect(starting).rejects.toThrow('Ctrl-C');
    expect(isAlive(Number(tailOf(logFile, 1)[0]))).toBe(false);
  });

  it('ends a program that runs', async () => {
    const program = await healthy(server("process.on('SIGTERM', () => {});"));
    abort.abort(new Error('Ctrl-C'));
    expect(await program.exited).toMatchObject({ signal: 'SIGKILL' });
  });

  it('starts nothing any more', async () => {
    abort.abort(new Error('Ctrl-C'));
    await expect(start('console.log(1);')).rejects.toThrow('Ctrl-C');
    expect(registered(state.path)).toEqual([]);
  });
});
