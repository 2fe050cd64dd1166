import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Kept } from '../src/register/kept.js';
import { withRedis } from '../src/services/redis/connection.js';
import { makeDesk, runJson, type Desk, type Started } from './support/cli.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';
import { describeWith, needs } from './support/requires.js';
import { layDownKataOfTwoBrokers } from './support/two-brokers-kata.js';

/** On the programs of this machine: whatever else may be there, they are quick and leave traces. */
describeWith('redis', 'a kata with a choice of brokers', () => {
  let desk: Desk;
  let stateHome: string;
  let held: string;

  beforeAll(async () => {
    desk = await makeDesk();
    stateHome = desk.env['XDG_STATE_HOME'] ?? '';
    held = desk.env['PLAN_TEST_HELD'] = path.join(desk.folder, 'held');
    await desk.plan('init');
    await layDownKataOfTwoBrokers(desk.folder);
  });
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  const local = ['--services', 'local'];
  const onRedis = ['./two-brokers', '--broker', 'redis-streams'];

  /** Starts a run that never ends. @returns its processes, once all of it is there */
  async function hold(...words: string[]): Promise<{ run: Started; pids: number[] }> {
    rmSync(held, { force: true });
    const run = desk.start('run', ...onRedis, '--hold', '1', ...words);
    const over = { is: false };
    void run.finished.then(() => (over.is = true));
    await until('it holds', () => existsSync(held) || over.is, 60_000);
    const pids = registeredPids(stateHome);
    expect(pids.some(isAlive)).toBe(true);
    return { run, pids };
  }

  it('starts Redis alone, and gives programs no other address', async () => {
    const { exitCode, record, stderr } = await runJson(desk, ...onRedis, ...local);
    expect(exitCode, stderr).toBe(0);
    expect(record.services.map(({ name, provider }) => [name, provider])).toEqual([
      ['redis', 'local'],
    ]);
    expect(record.cases).toMatchObject([{ verdict: 'holds' }]);
    expect(JSON.stringify(record)).not.toMatch(/redis:\/\/:[0-9a-f]/);
  }, 60_000);

  it('says which it needs', async () => {
    const shown = await desk.plan('show', './two-brokers');
    expect(shown.stdout).toContain('Services: rabbitmq (with other options: redis)');
  });

  it.runIf(needs('rabbitmq', 'the other of two brokers'))(
    'starts RabbitMQ alone where nothing is said',
    async () => {
      const { exitCode, record, stderr } = await runJson(desk, './two-brokers', ...local);
      expect(exitCode, stderr).toBe(0);
      expect(record.services.map(({ name }) => name)).toEqual(['rabbitmq']);
    },
    60_000,
  );

  it('leaves nothing after Ctrl-C', async () => {
    const { run, pids } = await hold(...local);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    run.kill('SIGINT');
    expect((await run.finished).exitCode).toBe(130);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(registered(stateHome)).toEqual([]);
  }, 60_000);

  it('leaves nothing after kill -9, once the next command has run', async () => {
    const { run, pids } = await hold(...local);
    run.kill('SIGKILL');
    await run.finished;
    expect((await desk.plan('list')).stderr).toContain('An earlier plan was killed');
    await until('all of it has ended', () => !pids.some(isAlive));
    expect(registered(stateHome)).toEqual([]);
  }, 60_000);

  it('gives a database of the kept Redis back after kill -9', async () => {
    expect((await desk.plan('services', 'up', 'redis', ...local)).exitCode).toBe(0);
    const file = path.join(stateHome, 'plan', 'kept', 'redis.json');
    const { url } = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    const used = async (): Promise<string[]> => {
      const info = await withRedis(url, (redis) => redis.info('keyspace'));
      return info.match(/^db\d+/gm) ?? [];
    };
    const { run } = await hold();
    expect(await used()).toEqual(['db1']);
    run.kill('SIGKILL');
    await run.finished;
    expect((await desk.plan('list')).stderr).toContain('database 1 of the Redis on 127.0.0.1');
    expect(await used()).toEqual([]);
    expect(registered(stateHome)).toEqual([]);
  }, 60_000);
});
