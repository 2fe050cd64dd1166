import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { isAlive, registered, until } from '../../../test/support/processes.js';
import type * as Real from '../../register/descendants.js';
import { startProgram } from './start.js';
import type { RunningProgram, StartOutcome } from './types.js';

const server = (more: string): string => `
  import { createServer } from 'node:http';
  ${more}
  createServer((_, response) => response.end()).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Of each program, what the lab has seen of its family: it looks as seldom as the machine is busy. */
const families: Real.Descendants[] = [];
vi.mock('../../register/descendants.js', async (original) => {
  const { followDescendants } = await original<typeof Real>();
  return {
    followDescendants: (root: number) => {
      const family = followDescendants(root);
      families.push(family);
      return family;
    },
  };
});
const drains = "process.on('SIGTERM', () => process.exit(0));";

let folder: TemporaryFolder;
const running: RunningProgram[] = [];

beforeAll(async () => {
  folder = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', folder.path);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.kill()));
  expect(registered(folder.path)).toEqual([]);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

async function start(source: string): Promise<StartOutcome> {
  const file = await folder.write('program.mjs', source);
  return startProgram(
    { command: [process.execPath, file], cwd: folder.path, env: {}, runtime: '', language: 'node' },
    {
      env: {},
      logFile: path.join(folder.path, `${performance.now()}.log`),
      signal: new AbortController().signal,
    },
  );
}

async function healthy(source: string): Promise<RunningProgram> {
  const outcome = await start(source);
  if (!outcome.healthy) throw new Error(JSON.stringify(outcome.reason));
  running.push(outcome.program);
  return outcome.program;
}

/** The pid that the program has written into its log. */
async function pidIn(program: RunningProgram): Promise<number> {
  await until('a pid in the log', () => Number(program.logTail(1)[0]) > 0);
  return Number(program.logTail(1)[0]);
}

describe('what a program started in a session of its own', () => {
  it('finds and ends what has left its session, and says so', async () => {
    const program = await healthy(
      server(`
        const { spawn } = await import('node:child_process');
        const worker = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", 'worker'], { stdio: 'ignore', detached: true });
        console.log(worker.pid);
        ${drains}
      `),
    );
    const worker = await pidIn(program);
    expect(isAlive(worker)).toBe(true);
    const stopped = await program.stop(300);
    expect(stopped).toMatchObject({ kind: 'drained', code: 0 });
    expect(stopped.escaped).toEqual([expect.stringMatching(`^${worker}: .*node.* worker$`)]);
    expect(isAlive(worker)).toBe(false);
  });

  it('lets what has left its session end with it, in the grace', async () => {
    const program = await healthy(
      server(`
        const { spawn } = await import('node:child_process');
        const worker = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => setTimeout(() => process.exit(), 200)); setInterval(() => {}, 1000); console.log(0)"], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
        await new Promise((resolve) => worker.stdout.once('data', resolve));
        process.on('SIGTERM', () => { worker.kill(); process.exit(0); });
      `),
    );
    expect(await program.stop()).toMatchObject({ kind: 'drained', escaped: [] });
  });

  it('kills with a program what has left its session', async () => {
    const program = await healthy(
      server(
        "console.log((await import('node:child_process')).spawn('setsid', ['sleep', '1000'], { stdio: 'ignore' }).pid);",
      ),
    );
    const child = await pidIn(program);
    await program.kill();
    expect(isAlive(child)).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'finds by the port what has left its session without its environment',
    async () => {
      // Takes the port over as soon as the program lets go of it.
      const heir = `const s = require('node:net').createServer();
        s.on('error', () => setTimeout(listen, 5)).on('listening', () => process.send?.('')); listen();
        function listen() { s.listen(process.argv[1], '127.0.0.1'); }
        process.on('SIGTERM', () => {});`;
      const program = await healthy(`
        import { createServer } from 'node:http';
        import { spawn } from 'node:child_process';
        const server = createServer((_, response) => response.end());
        server.listen(Number(process.env.PORT), '127.0.0.1');
        const heir = spawn(process.execPath, ['-e', ${JSON.stringify(heir)}, process.env.PORT], { env: {}, detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
        console.log(heir.pid);
        heir.once('message', () => process.exit(0));
        process.on('SIGTERM', () => { server.close(); server.closeAllConnections(); });
      `);
      const heirPid = await pidIn(program);
      const stopped = await program.stop(2_000);
      expect(stopped).toMatchObject({ kind: 'drained', code: 0 });
      expect(stopped.escaped).toEqual([expect.stringMatching(`^${heirPid}: .*node`)]);
      expect(isAlive(heirPid)).toBe(false);
    },
  );

  it.runIf(process.platform === 'linux')(
    'knows what has neither its environment nor its port, also where its parent has ended',
    async () => {
      // A child that starts a grandchild, which is left an orphan once it has been seen.
      const program = await healthy(
        server(`
          const { spawn } = await import('node:child_process');
          const bare = { env: {}, stdio: ['ignore', 'pipe', 'ignore'], detached: true };
          const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
          const parent = "const c = require('node:child_process').spawn(process.execPath, ['-e', process.argv[1], 'stray'], { env: {}, stdio: ['ignore', 'pipe', 'ignore'], detached: true }); c.stdout.once('data', () => console.log(c.pid)); setInterval(() => {}, 1000)";
          const child = spawn(process.execPath, ['-e', parent, deaf], bare);
          child.stdout.once('data', (bytes) => console.log(child.pid + '\\n' + Number(bytes)));
          ${drains}
        `),
      );
      await until('two pids in the log', () => program.logTail(2).length === 2);
      const [parent = 0, stray = 0] = program.logTail(2).map(Number);
      const seen = (): readonly number[] =>
        families
          .at(-1)
          ?.living()
          .map(({ pid }) => pid) ?? [];
      await until('a look of the lab', () => seen().includes(stray));
      process.kill(parent, 'SIGKILL');
      await until('an orphan', () => !seen().includes(parent));
      expect(isAlive(stray)).toBe(true);
      const stopped = await program.stop(300);
      expect(stopped).toMatchObject({ kind: 'drained', code: 0 });
      expect(stopped.escaped).toEqual([expect.stringMatching(`^${stray}: .*node.* stray$`)]);
      expect(isAlive(stray)).toBe(false);
    },
  );

  it.runIf(process.platform === 'linux')(
    'dies with the program, also without its mark',
    async () => {
      const program = await healthy(
        server(`
        const { spawn } = await import('node:child_process');
        const child = spawn('sleep', ['1000'], { env: {}, stdio: 'ignore', detached: true });
        console.log(child.pid);
      `),
      );
      const child = await pidIn(program);
      await program.kill();
      expect(isAlive(child)).toBe(false);
    },
  );

  it('finds the daemon of a program that has ended at once', async () => {
    const outcome = await start(
      "import { spawn } from 'node:child_process'; const d = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true }); d.unref(); console.log(d.pid);",
    );
    if (outcome.healthy) throw new Error('it became healthy');
    const { reason } = outcome;
    expect(reason).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(isAlive(Number(reason.logTail[0]))).toBe(false);
  });
});
