import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunRecord } from '../src/kata/run-record.js';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, planBinary, runJson, type Desk } from './support/cli.js';
import { until } from './support/processes.js';
import { describeWith } from './support/requires.js';
import { layDownPayment, layDownSystemKata } from './support/system-kata.js';

describeWith('rabbitmq', 'a kata of two services', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    await desk.plan('init');
    await layDownSystemKata(desk.folder);
    await desk.plan('services', 'up', 'postgres', 'rabbitmq');
  }, 120_000);
  afterAll(async () => {
    await desk.plan('services', 'down');
    await desk.remove();
  });

  const logOf = (folder: string, role: string): string =>
    readFileSync(path.join(desk.folder, folder, 'logs', `asking-node.${role}.log`), 'utf8');

  it('runs with the references: each role with its own database, user, port, log and share', async () => {
    const { exitCode, record, stderr } = await runJson(desk, './shop');
    expect(exitCode, stderr).toBe(0);
    const [one] = record.cases;
    expect(one).toMatchObject({ verdict: 'holds', figures: { confirmed: 3 } });
    expect(one).toMatchObject({ implementation: { kind: 'reference', language: 'node' } });
    expect(one?.cast).toMatchObject({
      order: { kind: 'reference', path: 'shop/order/node' },
      payment: { kind: 'reference', path: 'shop/payment/node' },
    });
    expect(Object.keys(one?.resources?.roles ?? {}).sort()).toEqual(['order', 'payment']);
    expect(logOf(record.folder, 'order')).toMatch(/^I am order, order\n/);
    // Started twice, into one log.
    expect(logOf(record.folder, 'payment')).toMatch(/^(I am payment, payment\n){2}/);
    const history = readFileSync(path.join(desk.folder, record.folder, 'history.jsonl'), 'utf8');
    const events = history
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    expect(events.filter(({ f, type }) => f === 'place' && type === 'invoke')).toHaveLength(4);
    expect(
      events
        .filter(({ f }) => f === 'place')
        .every(({ role, type }) => type !== 'invoke' || role === 'order'),
    ).toBe(true);
    expect(events.find(({ f }) => f === 'fault')?.value).toMatchObject({
      kind: 'freeze',
      role: 'payment',
    });
    expect(events.find(({ f }) => f === 'program-killed')?.value).toMatchObject({
      role: 'payment',
    });
  }, 120_000);

  it('plays what the learner lacks, and says so in table, head and record', async () => {
    await layDownPayment(desk.folder, 'right');
    const { exitCode, stdout } = await desk.plan('run', './shop', '--impl', './mine-right');
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/order Node \S+ \(reference\), payment Node \S+ \(yours\)/);
    expect(stdout).toMatch(/asking +payment +yours, Node/);
    const { record } = await runJson(desk, './shop', '--impl', 'payment=./mine-right/payment');
    const [one] = record.cases;
    expect(one).toMatchObject({ verdict: 'holds', implementation: { kind: 'mixed' } });
    expect(one?.cast).toMatchObject({ order: { kind: 'reference' }, payment: { kind: 'own' } });
    const { progress } = {
      progress: readFileSync(path.join(desk.folder, 'progress.json'), 'utf8'),
    };
    expect(JSON.parse(progress)).toMatchObject({
      katas: {
        shop: {
          last: { kind: 'mixed' },
          held: { of: 2, roles: { payment: { run: record.folder } } },
        },
      },
    });
  }, 120_000);

  it('lets no role into the database of another', async () => {
    await layDownPayment(desk.folder, 'curious');
    const { record } = await runJson(desk, './shop', '--impl', './mine-curious');
    expect(record.cases).toMatchObject([{ verdict: 'holds' }]);
    const log = logOf(record.folder, 'payment');
    expect(log).toMatch(/^order: 42501$/m);
    expect(log).not.toContain('open');
  }, 120_000);

  it('catches a role that is wrong beside right neighbours', async () => {
    await layDownPayment(desk.folder, 'silent');
    const { exitCode, record } = await runJson(desk, './shop', '--impl', './mine-silent');
    expect(exitCode).toBe(1);
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
    expect(broken?.map(({ invariant }) => invariant)).toEqual(['confirmed']);
  }, 120_000);

  it('names sender and receiver of a message that is not as agreed', async () => {
    await layDownPayment(desk.folder, 'vague');
    const { exitCode, record } = await runJson(desk, './shop', '--impl', './mine-vague');
    expect(exitCode).toBe(1);
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
    expect(broken?.map(({ invariant }) => invariant)).toEqual(['follows-the-contract']);
    expect(broken?.[0]?.witness?.story.en).toMatch(
      /3 messages break the contract, first PaymentAuthorized from payment to order on history line \d+: its field amount is "much", and the contract wants integer/,
    );
    const rechecked = await desk.plan('recheck', record.folder);
    expect(rechecked).toMatchObject({ exitCode: 1 });
    expect(rechecked.stdout).toContain('PaymentAuthorized from payment to order');
  }, 120_000);

  it('names caller and callee of a call that is not answered as agreed', async () => {
    await layDownPayment(desk.folder, 'curt');
    const { exitCode, record } = await runJson(desk, './shop', '--impl', './mine-curt');
    expect(exitCode).toBe(1);
    const broken = record.cases[0]?.findings.filter(({ holds }) => !holds);
    expect(broken?.map(({ invariant }) => invariant)).toEqual(['follows-the-contract']);
    expect(broken?.[0]?.witness?.story.en).toMatch(
      /^POST \/payments from order to payment breaks the contract on history line \d+: its field id is missing/,
    );
  }, 120_000);

  it('is run again with the same cast, and compared role by role', async () => {
    await rm(path.join(desk.folder, 'mine-right'), { recursive: true, force: true });
    await layDownPayment(desk.folder, 'right');
    const { record } = await runJson(desk, './shop', '--impl', 'payment=./mine-right/payment');
    const again = await desk.json('replay', record.folder, '--times', '1');
    expect(again.exitCode, again.stderr).toBe(0);
    expect(again.data).toMatchObject({ changed: [] });
    const compared = await desk.plan(
      ...['compare', './shop', '--impl', 'payment=./mine-right/payment'],
      ...['--strategy', 'asking', '--rounds', '1'],
    );
    expect(compared.exitCode, compared.stderr).toBe(0);
    expect(compared.stdout).toMatch(/mine-right/);
    const latest = path.join(desk.folder, 'results', 'shop', 'latest', 'run.json');
    const { cases } = JSON.parse(readFileSync(latest, 'utf8')) as RunRecord;
    expect(cases.map(({ slug, cast }) => [slug, cast?.['payment']?.kind])).toEqual([
      ['asking-node', 'reference'],
      ['own-asking-node', 'own'],
    ]);
  }, 180_000);

  it('builds on a save the role that was changed, and all where what lies beside them was', async () => {
    const mine = path.join(desk.folder, 'mine-watched');
    const manifest = {
      language: 'node',
      build: ['/bin/sh', '-c', 'basename "$PWD" >> ../../built.txt'],
    };
    for (const role of ['order', 'payment']) {
      await mkdir(path.join(mine, role), { recursive: true });
      await writeFile(path.join(mine, role, 'main.js'), 'process.exit(1);\n');
      await writeFile(path.join(mine, role, 'implementation.json'), JSON.stringify(manifest));
    }
    const words = ['run', './shop', '--impl', './mine-watched', '--watch'];
    const watching = execa(planBinary, words, {
      ...{ cwd: desk.folder, env: desk.env, extendEnv: false },
      ...{ reject: false, stdin: 'ignore', all: true },
    });
    let screen = '';
    watching.all.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const rounds = (): number => screen.split('Watching ./mine-watched').length - 1;
    const built = async (count: number): Promise<string[]> => {
      await until(`run ${count}`, () => rounds() >= count, 60_000);
      const lines = readFileSync(path.join(desk.folder, 'built.txt'), 'utf8').trim().split('\n');
      await writeFile(path.join(desk.folder, 'built.txt'), '');
      return lines.sort();
    };
    try {
      expect(await built(1)).toEqual(['order', 'payment']);
      await writeFile(path.join(mine, 'payment', 'main.js'), 'process.exit(2);\n');
      expect(await built(2)).toEqual(['payment']);
      await writeFile(path.join(mine, 'both.js'), 'export {};\n');
      expect(await built(3)).toEqual(['order', 'payment']);
    } finally {
      watching.kill('SIGINT');
      await watching;
    }
  }, 180_000);

  it('says whose program does not build', async () => {
    const own = path.join(desk.folder, 'mine-unfinished', 'payment');
    await mkdir(own, { recursive: true });
    await writeFile(path.join(own, 'main.ts'), 'const port = ;\n');
    const { exitCode, stderr } = await desk.plan('run', './shop', '--impl', './mine-unfinished');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^.*payment: /m);
  }, 60_000);

  it('lays down a skeleton for each service that is named, which runs beside the references', async () => {
    const made = await desk.plan('new', './shop', './begun', '--lang', 'payment=javascript');
    expect(made.exitCode, made.stderr).toBe(0);
    expect(made.stdout).toContain('payment/main.js');
    expect(made.stdout).toContain('What is not there the references play: order.');
    const payment = readFileSync(path.join(desk.folder, 'begun', 'payment', 'main.js'), 'utf8');
    expect(payment).toContain("'POST /payments': notYet");
    // It takes no messages; nobody calls order.
    expect(payment).not.toMatch(/amqplib|ORDER_URL|{{/);
    const again = await desk.plan('new', './shop', './begun', '--lang', 'go');
    expect(again.exitCode).toBe(2);
    expect(readdirSync(path.join(desk.folder, 'begun'))).toEqual(['payment']);
    const other = await desk.plan('new', './shop', './begun', '--lang', 'order=ts');
    expect(other.exitCode, other.stderr).toBe(0);
    const order = readFileSync(path.join(desk.folder, 'begun', 'order', 'main.ts'), 'utf8');
    expect(order).toContain("'POST /orders': notYet");
    expect(order).toContain("const queue = 'order.events';");
    expect(order).toMatch(/PAYMENT_URL: where payment answers/);
    expect(order).toContain('PaymentAuthorized (exchange events): { id: text, amount?: integer }');
    const { exitCode, record } = await runJson(desk, './shop', '--impl', './begun');
    expect(exitCode).toBe(1);
    expect(record.cases[0]?.cast).toMatchObject({
      order: { kind: 'own', language: 'node' },
      payment: { kind: 'own', language: 'node' },
    });
    expect(record.cases[0]).toMatchObject({ verdict: 'violated' });
  }, 120_000);

  it('says what is missing in words', async () => {
    const nobody = await desk.plan('run', './shop', '--impl', './shop/order');
    expect(nobody.exitCode).toBe(2);
    expect(nobody.stderr).toContain('has a folder for none of this kata');
    const unknown = await desk.plan('run', './shop', '--impl', 'stock=./mine');
    expect(unknown.stderr).toContain("There is no role 'stock'; there are order, payment.");
    const language = await desk.plan('new', './shop');
    expect(language.stderr).toContain('--lang order=javascript,payment=javascript');
    const cmd = await desk.plan('new', './shop', '--cmd', 'ruby main.rb');
    expect(cmd).toMatchObject({ exitCode: 2 });
  });
});

interface Told {
  readonly type: string;
  readonly f: string;
  readonly role?: string;
  readonly value: unknown;
}
