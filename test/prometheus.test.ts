import { execa } from 'execa';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Recorder } from '../src/history/recorder.js';
import { prometheus } from '../src/services/prometheus/capability.js';
import { refusesUs } from '../src/services/prometheus/connection.js';
import {
  embeddedPrometheus,
  startEmbeddedPrometheus,
} from '../src/services/prometheus/embedded.js';
import { findLocalPrometheus } from '../src/services/prometheus/local.js';
import { serviceHome } from '../src/services/private/home.js';
import type { RunningPrometheus } from '../src/services/prometheus/types.js';
import { prometheusUser } from '../src/services/prometheus/user.js';
import { usePrometheusUrl } from '../src/services/prometheus/url.js';
import { makeDesk } from './support/cli.js';
import { isAlive, registered, until } from './support/processes.js';
import { describeWith } from './support/requires.js';

const signal = new AbortController().signal;
const options = { signal, onProgress: () => undefined };

describeWith('apt', "Prometheus from the distribution's package", () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'plan-prometheus-'));
  const before = process.env['XDG_STATE_HOME'];
  const programs: Server[] = [];
  let server: RunningPrometheus;

  beforeAll(async () => {
    process.env['XDG_STATE_HOME'] = base;
    server = await startEmbeddedPrometheus(options);
  }, 180_000);

  afterAll(async () => {
    await server.stop();
    for (const program of programs) program.close();
    expect(registered(base)).toEqual([]);
    if (before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = before;
    rmSync(base, { recursive: true });
  });

  /** Says of itself that it has done so much. */
  async function program(done: () => number): Promise<string> {
    const page = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(`# TYPE jobs_total counter\njobs_total ${done()}\n`);
    }).listen(0, '127.0.0.1');
    programs.push(page);
    await once(page, 'listening');
    return `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
  }

  const placeFor = (label: string, on = server) =>
    prometheus.place(on, { label, recorder: new Recorder(0), signal });

  const folder = (): string => {
    const { handle } = server;
    if (handle?.kind !== 'process') throw new Error('it is no process');
    return handle.folder;
  };
  const shelf = (): string => path.join(folder(), 'shelf');

  it('listens on 127.0.0.1 alone, and takes only our password, which no list of processes shows', async () => {
    expect(server.record).toMatchObject({ name: 'prometheus', provider: 'embedded' });
    const { port, password } = new URL(server.url);
    const { stdout } = await execa('ss', ['-Hltn', `sport = :${port}`]);
    expect(stdout.match(/\S+:\d+(?=\s)/g)).toEqual([`127.0.0.1:${port}`]);
    expect((await execa('ps', ['-eo', 'args'])).stdout).not.toContain(password);
    expect(await refusesUs(server.url)).toBe(false);
    expect(await refusesUs(server.url.replace(password, 'guessed'))).toBe(true);
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/query?query=up`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/-/quit`, { method: 'POST' })).status).toBe(401);
  });

  it('finds the programs of each case, answers about them, and forgets them with it', async () => {
    const [one, other] = await Promise.all([placeFor('one'), placeFor('other')]);
    let done = 3;
    const [url, elsewhere] = await Promise.all([program(() => done), program(() => 40)]);
    const leave = await one.watch?.({ role: 'worker', url });
    await other.watch?.({ url: elsewhere });
    const { hands: metrics } = one;
    expect(await metrics.seen()).toBe(true);
    const mine = `jobs_total{run="${metrics.run}"}`;
    expect(await metrics.ask(mine)).toMatchObject([{ labels: { role: 'worker' }, value: 3 }]);
    expect(await other.hands.seen()).toBe(true);
    expect(await other.hands.ask(`jobs_total{run="${other.hands.run}"}`)).toHaveLength(1);

    await metrics.addRules(
      `groups: [{ name: it, interval: 200ms, rules: [{ record: 'jobs:double', expr: '2 * ${mine}' }] }]`,
    );
    done = 5;
    const from = Date.now();
    const double = async (): Promise<boolean> =>
      (await metrics.ask(`jobs:double{run="${metrics.run}"}`))[0]?.value === 10;
    await expect.poll(double, { timeout: 30_000 }).toBe(true);
    // The last point of a range is up to a step before its end.
    const last = async (): Promise<number | undefined> =>
      (await metrics.range(mine, { from, to: Date.now(), step: 100 }))[0]?.points.at(-1)?.[1];
    await expect.poll(last, { timeout: 30_000 }).toBe(5);
    await expect(metrics.ask('sum(')).rejects.toThrow('parse error');
    await expect(metrics.addRules('groups: [{ name: it, rules: [{ expr: "sum(" }] }]'))
      .rejects //
      .toMatchObject({ code: 'bad-rules', exit: 5 });

    expect(readdirSync(shelf())).toHaveLength(3);
    await leave?.();
    await Promise.all([one.end(), other.end()]);
    expect(readdirSync(shelf())).toEqual([]);
  });

  it('is the one that PROMETHEUS_URL names, with the folder in which it looks', async () => {
    const url = server.url;
    const missing = usePrometheusUrl({ PROMETHEUS_URL: url, PROMETHEUS_FOLDER: '/nowhere' });
    await expect(missing).rejects.toMatchObject({ code: 'prometheus-url-failed', exit: 4 });
    await expect(missing).rejects.toThrow('file_sd_configs: [{ files: ["/nowhere/*.json"] }]');
    const refused = usePrometheusUrl({
      PROMETHEUS_URL: 'http://127.0.0.1:2',
      PROMETHEUS_FOLDER: base,
    });
    await expect(refused).rejects.toThrow('ECONNREFUSED');
    const given = await usePrometheusUrl({ PROMETHEUS_URL: url, PROMETHEUS_FOLDER: shelf() });
    expect(given.record).toMatchObject({ provider: 'url', kept: false });
    expect(given.record.url).not.toContain(new URL(url).password);
    const place = await placeFor('given', given);
    await place.watch?.({ url: await program(() => 7) });
    expect(await place.hands.seen()).toBe(true);
    // As a killed plan leaves it; the next one ends it.
    expect(registered(base).filter((name) => name.includes('place'))).toHaveLength(1);
    process.env['PROMETHEUS_FOLDER'] = shelf();
    await prometheus.endLeftover({ name: place.hands.run, url, kept: undefined });
    delete process.env['PROMETHEUS_FOLDER'];
    expect(readdirSync(shelf())).toEqual([]);
    await place.end();
    await given.stop();
    expect(await refusesUs(url)).toBe(false);
  });

  it('is taken from the machine where it is installed, and brings promtool', async () => {
    const home = serviceHome('prometheus', prometheusUser(), () => undefined);
    const { program: file } = await embeddedPrometheus(home, options);
    const [local] = await findLocalPrometheus({ PATH: path.dirname(file) });
    expect(local).toMatchObject({ program: file });
    expect(existsSync(path.join(path.dirname(file), 'promtool'))).toBe(true);
  });

  it('is kept from plan services up until down', async () => {
    const desk = await makeDesk();
    try {
      const up = await desk.plan('services', 'up', 'prometheus', '--services', 'embedded');
      expect(up.exitCode, up.stderr).toBe(0);
      const { data } = await desk.json('services', 'status');
      const status = (data as { prometheus: { pid: number; folder: string } }).prometheus;
      expect(status).toMatchObject({ provider: 'embedded', kept: true });
      expect((await desk.plan('doctor')).stdout).toMatch(/Prometheus/);
      expect((await desk.plan('services', 'down')).exitCode).toBe(0);
      await until('it has ended', () => !isAlive(status.pid));
      expect(existsSync(status.folder)).toBe(false);
    } finally {
      await desk.plan('services', 'down');
      await desk.remove();
    }
  }, 180_000);
});
