import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../src/kata/run-record.js';
import type { RunningService } from '../src/services/types.js';
import { queryOnce } from '../src/services/postgres/connection.js';
import { dockerAnswers } from '../src/services/docker/service.js';
import { startDockerPostgres } from '../src/services/postgres/docker.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { startEngine, type TestEngine } from './support/docker.js';
import { registered, until } from './support/processes.js';
import { startRegistry, type Registry } from './support/registry.js';
import { describeWith } from './support/requires.js';

describeWith('docker', 'PostgreSQL from a Docker engine', () => {
  let engine: TestEngine;
  let registry: Registry;
  let state: string;

  beforeAll(async () => {
    engine = await startEngine();
    registry = await startRegistry();
    state = await mkdtemp(path.join(os.tmpdir(), 'plan-docker-state-'));
    process.env['DOCKER_HOST'] = engine.host;
    process.env['XDG_STATE_HOME'] = state;
  }, 600_000);

  afterAll(async () => {
    await registry.close();
    await engine.stop();
    await rm(state, { recursive: true });
  }, 60_000);

  afterEach(async () => {
    expect(await engine.containers()).toEqual([]);
    expect(await engine.volumes()).toEqual([]);
    expect(registered(state)).toEqual([]);
  });

  const start = (
    image: string,
    options: Partial<Parameters<typeof startDockerPostgres>[0]> = {},
  ): Promise<RunningService> => {
    process.env['PLAN_POSTGRES_IMAGE'] = image;
    const signal = new AbortController().signal;
    return startDockerPostgres({ signal, onProgress: () => undefined, ...options });
  };

  it('finds the engine', async () => {
    expect(await dockerAnswers()).toBe(true);
  });

  it.each(['true', undefined])('publishes on 127.0.0.1 alone, Ryuk off: %s', async (disabled) => {
    if (disabled !== undefined) process.env['TESTCONTAINERS_RYUK_DISABLED'] = disabled;
    const server = await start(engine.image);
    delete process.env['TESTCONTAINERS_RYUK_DISABLED'];
    try {
      const { hostname, port, password } = new URL(server.url);
      expect(hostname).toBe('127.0.0.1');
      const { stdout } = await execa('ss', ['-Hltn', `sport = :${port}`]);
      expect(stdout.match(/\S+:\d+(?=\s)/g)).toEqual([`127.0.0.1:${port}`]);
      // Ryuk would be a second container.
      expect(await engine.containers()).toHaveLength(1);
      expect(server.record).toMatchObject({ provider: 'docker', kept: false });
      expect(server.record.settings).toMatchObject({ max_connections: '200', fsync: 'on' });
      expect(JSON.stringify(server.record)).not.toContain(password);
      expect(await queryOnce(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
  });

  it('tells when the container stops by itself, with the end of its log', async () => {
    const server = await start(engine.image);
    try {
      const [name = ''] = await engine.containers();
      await engine.ask('POST', `/containers/${name}/kill`);
      expect((await server.died).message).toMatch(/exit code 137.*ready to accept/s);
    } finally {
      await server.stop();
    }
  });

  it('leaves a kept container running, out of the register', async () => {
    const told: RunningService[] = [];
    const keep = (service: RunningService): Promise<void> => {
      expect(registered(state)).toHaveLength(1);
      told.push(service);
      return Promise.resolve();
    };
    const server = await start(engine.image, { keep });
    try {
      expect(told).toEqual([server]);
      expect(registered(state)).toEqual([]);
      expect(server.record.kept).toBe(true);
      const [name = ''] = await engine.containers();
      expect(server.handle).toEqual({ kind: 'container', id: name, engine: engine.host });
      // Ryuk ends what has the label of a session.
      const { Config: config } = (await engine.ask('GET', `/containers/${name}/json`)) as {
        Config: { Labels: Record<string, string> };
      };
      expect(Object.keys(config.Labels)).not.toContain('org.testcontainers.session-id');
    } finally {
      await server.stop();
    }
  });

  it('removes the container when it cannot be written down as kept', async () => {
    const keep = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(start(engine.image, { keep })).rejects.toThrow('disk full');
  });

  it('names the image that cannot be pulled, and what mends it', async () => {
    await expect(start(registry.unknown)).rejects.toMatchObject({
      code: 'image-missing',
      exit: 4,
      message: expect.stringContaining(registry.unknown) as string,
      mend: expect.stringMatching(/PLAN_POSTGRES_IMAGE.*--services embedded/) as string,
    });
  });

  it('refuses what is not the name of an image', async () => {
    await expect(start(':')).rejects.toMatchObject({ code: 'bad-image', exit: 4 });
  });

  it('tells how far a pull has come, and removes a container that cannot start', async () => {
    const told: string[] = [];
    const failing = start(registry.image, { onProgress: (text) => told.push(text) });
    await expect(failing).rejects.toMatchObject({ code: 'container-failed', exit: 4 });
    expect(told[0]).toBe(`Pulling the image ${registry.image}`);
    expect(told).toContainEqual(expect.stringMatching(/: 3 of 3 MB$/));
  });

  it('says why a container stopped before PostgreSQL answered', async () => {
    const broken = await engine.variant('echo no room >&2; exit 3');
    await expect(start(broken)).rejects.toMatchObject({
      code: 'container-failed',
      message: expect.stringMatching(/exit code 3.*no room/s) as string,
    });
  });

  it('ends a pull on Ctrl-C', async () => {
    const stopped = new AbortController();
    const pulling = start(registry.endless, { signal: stopped.signal });
    void registry.endlessAsked.then(() => stopped.abort(new Error('Ctrl-C')));
    await expect(pulling).rejects.toThrow('Ctrl-C');
  });

  it.each(['before it is made', 'when it runs'])(
    'removes the container on Ctrl-C %s',
    async (at) => {
      const stopped = new AbortController();
      const stop = (): void => stopped.abort(new Error('Ctrl-C'));
      const early = at === 'before it is made';
      const starting = start(engine.image, {
        signal: stopped.signal,
        onProgress: () => (early ? stop() : undefined),
      });
      starting.catch(() => undefined);
      if (!early) {
        await until('a container', async () => (await engine.containers()).length > 0);
        stop();
      }
      await expect(starting).rejects.toThrow('Ctrl-C');
    },
  );

  describe('through the command line', () => {
    let desk: Desk;

    beforeEach(async () => {
      desk = await makeDesk({ DOCKER_HOST: engine.host, PLAN_POSTGRES_IMAGE: engine.image });
      expect((await desk.plan('init')).exitCode).toBe(0);
    });

    afterEach(async () => {
      expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
      await desk.remove();
    });

    const oneCase = ['kata-4', '--strategy', 'atomic'];

    it('is what plan run takes where an engine answers, and leaves nothing', async () => {
      const { exitCode, record, stderr } = await runJson(desk, ...oneCase);
      expect(exitCode, stderr).toBe(0);
      expect(record.services).toMatchObject([{ name: 'postgres', provider: 'docker' }]);
      expect(record.cases).toMatchObject([{ strategy: 'atomic', verdict: 'holds' }]);
    });

    it('says what to do where there is no image, with exit code 4', async () => {
      desk.env['PLAN_POSTGRES_IMAGE'] = registry.unknown;
      const { exitCode, stderr } = await desk.plan('run', ...oneCase, '--services', 'docker');
      expect(exitCode).toBe(4);
      expect(stderr).toContain(registry.unknown);
      expect(stderr).toMatch(/PLAN_POSTGRES_IMAGE.*--services embedded/);
    });

    it('takes another way where the image is missing and no way was asked for', async () => {
      desk.env['PLAN_POSTGRES_IMAGE'] = registry.unknown;
      const { exitCode, record, stderr } = await runJson(desk, ...oneCase);
      expect(exitCode, stderr).toBe(0);
      expect(record.services[0]?.provider).not.toBe('docker');
      expect(stderr).toContain(registry.unknown);
    });

    it('keeps a container between runs, until plan services down', async () => {
      const up = await desk.plan('services', 'up', 'postgres', '--services', 'docker');
      expect(up.exitCode, up.stderr).toBe(0);
      const kept = await engine.containers();
      expect(kept).toHaveLength(1);
      const { record } = await runJson(desk, ...oneCase);
      expect(record.services).toMatchObject([{ provider: 'docker', kept: true }]);
      expect(await engine.containers()).toEqual(kept);
      expect((await desk.plan('services', 'down')).exitCode).toBe(0);
    });

    it('removes the container on Ctrl-C', async () => {
      const run = desk.start('run', ...oneCase, '--services', 'docker');
      await until('a container', async () => (await engine.containers()).length > 0);
      run.kill('SIGINT');
      expect((await run.finished).exitCode).toBe(130);
    });

    it('removes what a killed plan left, with the next command', async () => {
      const run = desk.start('run', ...oneCase, '--services', 'docker');
      await until('a container', async () => (await engine.containers()).length > 0);
      run.kill('SIGKILL');
      await run.finished;
      expect(await engine.containers()).toHaveLength(1);
      expect((await desk.plan('checklist')).exitCode).toBe(0);
    });

    it('calls it an error of the run when the container is killed', async () => {
      const run = desk.start('run', ...oneCase, '--repeat', '50', '--json');
      await until('a run folder', () => existsSync(path.join(desk.folder, 'results', 'kata-4')));
      const [name = ''] = await engine.containers();
      await engine.ask('POST', `/containers/${name}/kill`);
      const { exitCode, stdout } = await run.finished;
      expect((JSON.parse(stdout) as RunRecord).cases.at(-1)).toMatchObject({
        verdict: 'error',
        error: { code: 'service-died', what: expect.stringContaining('exit code 137') as string },
      });
      expect(exitCode).toBe(4);
    });
  });
});
