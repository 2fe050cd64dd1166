import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServices, type RunningServices } from '../src/services/index.js';
import { makeDesk, runJson, type Desk } from './support/cli.js';
import { describeWith } from './support/requires.js';
import { rewritingProxy } from './support/rewriting-proxy.js';

const documented = {
  'read-committed': '✓✓✓✓✓–––––',
  'repeatable-read': '✓✓✓✓✓✓✓✓––',
  serializable: '✓✓✓✓✓✓✓✓✓✓',
};

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterAll(() => desk.remove());

async function matrix(...words: string[]) {
  const { exitCode, record } = await runJson(desk, 'isolation', ...words);
  const rows = record.cases.map(({ options, exhibits }) => [
    options['isolation'],
    exhibits?.cells.map(({ mark }) => mark).join(''),
  ]);
  return { exitCode, record, rows: Object.fromEntries(rows) as Record<string, string> };
}

describe('plan run isolation', () => {
  it('comes to the documented table on the PostgreSQL that plan brings along', async () => {
    const { exitCode, rows, record } = await matrix('--services', 'embedded');
    expect(rows).toEqual(documented);
    expect(record.cases.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds']);
    expect(record.services[0]?.version).toMatch(/^18\./);
    expect(exitCode).toBe(0);
    const again = await desk.plan('recheck', record.folder);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(/P4 +lost update +– +✓ 40001 +✓ 40001/);
    // The matrix is what one sees, and what goes into the journal; that ticks the deliverable.
    const doc = await desk.plan('doc', 'isolation');
    expect(doc.stdout).toContain('ticked m2.b1.deliverable');
    const page = await readFile(path.join(desk.folder, 'journal', 'isolation.md'), 'utf8');
    expect(page).toMatch(/\| P4 +\| lost update +\| – +\| ✓ 40001 +\| ✓ 40001 +\|/);
    expect(page.match(/^\s+session 1 +│ session 2/gm)).toHaveLength(33);
  });

  it.each([
    ['--impl', './mine'],
    ['--lang', 'node'],
    ['--strategy', 'naive'],
  ])('has no programs, and says so: %s', async (flag, value) => {
    const { exitCode, stderr } = await desk.plan('run', 'isolation', flag, value);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${flag} could mean`);
    expect(stderr).toContain('plan run isolation');
  });

  it('takes names in any case, and suggests the one that was meant', async () => {
    const { exitCode, stderr } = await desk.plan('run', 'isolation', '--anomaly', 'g2item');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean --anomaly G2-item?');
    for (const words of [
      ['new', 'isolation', '--lang', 'go'],
      ['compare', 'isolation'],
    ]) {
      const refused = await desk.plan(...words);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain(`plan ${words[0] ?? ''} could mean`);
    }
  });
});

describeWith('postgres', 'the isolation levels of a server of this machine', () => {
  let services: RunningServices;
  let url: string;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const quiet = { signal, env: desk.env, onProgress: () => undefined };
    services = await startServices(['postgres'], { ...quiet, force: 'local' });
    url = services.postgres?.url ?? '';
    desk.env['DATABASE_URL'] = url;
  }, 60_000);

  afterAll(async () => {
    await services.stopAll();
  });

  it('come to the documented table', async () => {
    const { exitCode, rows } = await matrix('--services', 'url');
    expect(rows).toEqual(documented);
    expect(exitCode).toBe(0);
  });

  it('explains a cell, the sessions side by side', async () => {
    const words = ['run', 'isolation', '--anomaly', 'p4', '--isolation', 'Repeatable Read'];
    const { stdout } = await desk.plan(...words, '--services', 'url', '--locale', 'es');
    expect(stdout).toContain('P4, lost update, en repeatable read');
    expect(stdout).toMatch(/^ {2}sesión 1 +│ sesión 2$/m);
    expect(stdout).toMatch(/│ ⏸ espera a sesión 1$/m);
    expect(stdout).toMatch(/│ ▶ ✘ 40001 could not serialize access due to concurrent update$/m);
    expect(stdout).toContain('✓ se impide. La fila había cambiado');
  });

  const weaker = (from: string, to: string) => (sql: string) =>
    sql.replace(`ISOLATION LEVEL ${from}`, `ISOLATION LEVEL ${to}`);
  const inTable = (sql: string) => / test\b/.test(sql);

  /** Servers that are wrong on purpose: what they do, and which cell or rule must name it. */
  const twins: [what: string, twist: (sql: string) => string, words: string[], broken: RegExp][] = [
    [
      'says serializable and means repeatable read',
      weaker('SERIALIZABLE', 'REPEATABLE READ'),
      ['--isolation', 'serializable'],
      /as-documented.*\nG2-item[^]*documented ✓, here –[^]*\nG2 /,
    ],
    [
      'says repeatable read and means read committed',
      weaker('REPEATABLE READ', 'READ COMMITTED'),
      ['--isolation', 'repeatable-read', '--anomaly', 'P4'],
      /as-documented.*\nP4 .*documented ✓, here –/,
    ],
    [
      'says read committed and means repeatable read',
      weaker('READ COMMITTED', 'REPEATABLE READ'),
      ['--isolation', 'read-committed', '--anomaly', 'P4'],
      /as-documented.*\nP4 .*documented –, here ✓[^]*refuses-nobody-at-read-committed/,
    ],
    [
      'has no transactions at all',
      (sql) => (/^(BEGIN|COMMIT|ROLLBACK)/.test(sql) ? `/* ${sql} */ SELECT 1` : sql),
      ['--isolation', 'read-committed', '--anomaly', 'G1a'],
      /as-documented.*\nG1a .*documented ✓, here –[^]*1⇒101/,
    ],
    [
      'lets one write at a time, whatever the row',
      (sql) =>
        sql.replace(
          /(^UPDATE test .*) WHERE/,
          '$1 FROM (SELECT pg_advisory_xact_lock(42)) AS l WHERE',
        ),
      ['--isolation', 'read-committed', '--anomaly', 'G2-item'],
      /waits-as-documented.*\nG2-item, session 2: .* waited for session 1/,
    ],
    [
      'gives up instead of waiting, and says nothing',
      (sql) =>
        /^UPDATE test SET value = \d+ WHERE/.test(sql)
          ? sql.replace(
              /WHERE (.*)$/,
              'WHERE id IN (SELECT id FROM test WHERE $1 FOR UPDATE SKIP LOCKED)',
            )
          : sql,
      ['--isolation', 'read-committed', '--anomaly', 'G0'],
      /waits-as-documented.*\nG0, session 2: .* returned without waiting/,
    ],
    [
      'answers from a cache',
      (sql) =>
        /^SELECT \* FROM test WHERE id = 2/.test(sql) ? 'SELECT 2 AS id, 20 AS value' : sql,
      ['--isolation', 'read-committed', '--anomaly', 'G-single'],
      /as-documented.*\nG-single .*documented –, here ✓[^]*reads-as-documented/,
    ],
    [
      'loses every second write',
      (sql) => (/value = 18/.test(sql) && inTable(sql) ? 'SELECT 1' : sql),
      ['--isolation', 'read-committed', '--anomaly', 'OTV'],
      /as-documented.*\nOTV .*documented ✓, here \?/,
    ],
  ];

  it.each(twins)('are caught where the server %s', async (_, twist, words, broken) => {
    const proxy = await rewritingProxy(url, twist);
    const other = await makeDesk({ DATABASE_URL: proxy.url });
    try {
      const { exitCode, record } = await runJson(other, 'isolation', ...words, '--services', 'url');
      const told = record.cases.flatMap(({ findings }) =>
        findings
          .filter(({ holds }) => !holds)
          .map((f) => `${f.invariant}\n${f.witness?.story.en ?? ''}`),
      );
      expect(told.join('\n')).toMatch(broken);
      expect(record.cases.map(({ verdict }) => verdict)).toEqual(['violated']);
      expect(exitCode).toBe(1);
    } finally {
      await other.remove();
      await proxy.close();
    }
  });

  it('prove nothing where a session breaks, or the server has limits of its own', async () => {
    const proxy = await rewritingProxy(url, (sql) => {
      if (/^UPDATE test SET value = 11/.test(sql)) return 'cut';
      return sql;
    });
    const other = await makeDesk({ DATABASE_URL: proxy.url });
    const words = ['isolation', '--anomaly', 'P4', '--isolation', 'repeatable-read'];
    const { exitCode, record } = await runJson(other, ...words, '--services', 'url');
    await other.remove();
    await proxy.close();
    expect(record.cases.map(({ verdict }) => verdict)).toEqual(['inconclusive']);
    expect(exitCode).toBe(3);
  });

  it('hold on a right server with defaults of another kind', async () => {
    const limits = (sql: string): string =>
      /^BEGIN/.test(sql)
        ? sql
        : sql.replace(
            /^SELECT set_config/,
            "SET lock_timeout = '1ms'; SET default_transaction_isolation = 'serializable'; SELECT set_config",
          );
    const proxy = await rewritingProxy(url, limits);
    const other = await makeDesk({ DATABASE_URL: proxy.url });
    const words = ['isolation', '--anomaly', 'P4', '--isolation', 'read-committed'];
    const { record } = await runJson(other, ...words, '--services', 'url');
    await other.remove();
    await proxy.close();
    expect(record.cases.map(({ verdict }) => verdict)).toEqual(['holds']);
  });
});
