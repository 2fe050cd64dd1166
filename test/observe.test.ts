import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Kept } from '../src/register/kept.js';
import { makeDesk, repository, type Desk } from './support/cli.js';
import { registered } from './support/processes.js';
import { describeWith, needs } from './support/requires.js';

interface Up {
  readonly prometheus: { readonly url: string } | null;
  readonly jaeger: object | null;
  readonly grafana: object | null;
  readonly given: readonly string[];
  readonly missing: readonly { readonly code: string; readonly mend: string }[];
}

describeWith('apt', 'plan observe', () => {
  let desk: Desk;
  let programs: string;

  beforeEach(async () => {
    programs = mkdtempSync(path.join(os.tmpdir(), 'plan-programs-'));
    chmodSync(programs, 0o755);
    // Whatever this machine has of Docker is left alone.
    desk = await makeDesk({ DOCKER_HOST: 'tcp://127.0.0.1:2' });
  });

  afterEach(async () => {
    for (const command of ['observe', 'services'])
      expect((await desk.plan(command, 'down')).exitCode).toBe(0);
    expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
    await desk.remove();
    rmSync(programs, { recursive: true });
  });

  it('keeps what there is, says how the rest can be had, and ends it', async () => {
    const { exitCode, data } = await desk.json('observe', 'up', '--services', 'embedded');
    expect(exitCode).toBe(0);
    const { prometheus, missing } = data as Up;
    expect(prometheus?.url).toMatch(/^http:\/\/\S+@127\.0\.0\.1:\d+/);
    expect(missing.map(({ code }) => code)).toEqual(['no-jaeger', 'no-grafana']);
    expect(missing[1]?.mend).toContain('GRAFANA_URL');
    const told = await desk.plan('observe', 'up', '--services', 'embedded');
    expect(told.stdout).toContain('No Jaeger was found');
    expect(told.stdout).toContain('plan doc kata-13');
    const kept = readKept('prometheus');
    const shown = await desk.plan('observe', 'status', '--reveal');
    expect(shown.stdout).toContain(new URL(kept.url).password);
    expect((await desk.plan('observe', 'down')).stdout).toContain('Prometheus');
    expect((await desk.plan('observe', 'sideways')).exitCode).toBe(2);
  }, 180_000);

  it('tells a Grafana of the user what to ask, and what to show', async () => {
    const asked: { method: string; path: string; body: string; who: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        asked.push({ method, path: url, body, who: headers.authorization ?? '' });
        response.statusCode = method === 'PUT' ? 404 : 200;
        response.end(JSON.stringify({ version: '12.2.0' }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    desk.env['GRAFANA_URL'] = `http://ana:secret@127.0.0.1:${port}`;
    try {
      const { data, stderr } = await desk.json('observe', 'up');
      expect((data as Up).given, stderr).toEqual(['grafana']);
      const sent = asked.filter(({ method }) => method === 'POST');
      expect(sent.map((one) => one.path)).toEqual(['/api/datasources', '/api/dashboards/db']);
      const { password } = new URL(readKept('prometheus').url);
      expect(sent[0]?.body).toContain(password);
      expect(sent[1]?.body).toContain('histogram_quantile');
      expect(asked.every(({ path: to, who }) => to === '/api/health' || who !== '')).toBe(true);
    } finally {
      delete desk.env['GRAFANA_URL'];
      server.close();
    }
  }, 180_000);

  it.skipIf(!needs('rabbitmq', 'plan observe'))(
    'is fed by runs with spans and with metrics, by a program of this machine',
    async () => {
      const program = path.join(programs, 'jaeger');
      copyFileSync(
        path.join(repository, 'test', 'support', 'jaeger-stand-in.mjs'),
        `${program}.mjs`,
      );
      writeFileSync(program, '#!/bin/sh\nexec node "$0.mjs" "$@"\n');
      chmodSync(program, 0o755);
      desk.env['PATH'] = `${programs}:${desk.env['PATH'] ?? ''}`;
      const { data, stderr } = await desk.json('observe', 'up');
      expect((data as Up).jaeger, stderr).toMatchObject({ provider: 'local', kept: true });
      const run = await desk.plan('run', 'kata-13', '--strategy', 'full', '--act', 'contexts');
      expect(run.stdout, run.stderr).toContain('Prometheus');
      const page = (await (await fetch(`${readKept('jaeger').url}/api/services`)).json()) as {
        data: string[];
      };
      expect(Number(page.data[0]?.replace('exports-', ''))).toBeGreaterThan(0);
    },
    240_000,
  );

  const readKept = (name: string): Kept => {
    const file = path.join(desk.env['XDG_STATE_HOME'] ?? '', 'plan', 'kept', `${name}.json`);
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  };
});
