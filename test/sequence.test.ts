import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sequence } from '../src/kata/sequence/index.js';
import { makeDesk, repository, type Desk } from './support/cli.js';

/** Two runs of kata 9 as they were stored: one of `sync-chain`, whose crashes left orders behind. */
const stored = path.join(repository, 'test', 'fixtures', 'systems');
const chained = path.join('results', 'kata-9', '2026-11-29T10-07-41Z');
const told = path.join('results', 'kata-9', '2026-11-29T10-10-10Z');

interface Shown {
  readonly run: string;
  readonly cases: readonly {
    readonly slug: string;
    readonly all: number;
    readonly stuck: readonly string[];
    readonly shown: readonly Sequence[];
  }[];
}

describe('plan sequence', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    cpSync(stored, path.join(desk.folder, 'results'), { recursive: true });
  });
  afterAll(() => desk.remove());

  const sequence = async (...words: string[]): Promise<Shown> => {
    const { exitCode, data, stderr } = await desk.json('sequence', ...words);
    expect(exitCode, stderr).toBe(0);
    return data as Shown;
  };

  it('draws of the last run the order that tells most', async () => {
    const { run, cases } = await sequence();
    expect(run).toBe(told);
    const [one] = cases;
    expect(one).toMatchObject({ slug: 'choreography-node', all: 3, stuck: [] });
    expect(one?.shown).toHaveLength(1);
  });

  it('has messages, effects and answers of an order, and whom each was for', async () => {
    const { cases } = await sequence('o-sold-out-1');
    const [shown] = cases[0]?.shown ?? [];
    expect(shown).toMatchObject({ subject: 'o-sold-out-1', end: 'orders REJECTED out-of-stock' });
    const whats = (shown?.steps ?? []).map(({ what }) => what);
    const expected = [
      ...['place', 'orders PENDING', 'OrderCreated', 'payments AUTHORIZED', 'PaymentAuthorized'],
      ...['reservations REJECTED', 'StockRejected', 'refunds', 'PaymentRefunded', 'OrderRejected'],
    ];
    expect(whats).toEqual(expect.arrayContaining(expected));
    const rejected = shown?.steps.find(({ what }) => what === 'StockRejected');
    expect(rejected).toMatchObject({ from: 'inventory', to: ['order', 'payment'] });
  });

  it('names those that did not end, with the calls between services and who was killed', async () => {
    const { cases } = await sequence('--run', chained, '--stuck');
    const [one] = cases;
    expect(one?.stuck).toHaveLength(5);
    expect(one?.shown).toHaveLength(3);
    const [first] = one?.shown ?? [];
    expect(first?.end).toBeUndefined();
    expect(first?.steps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ from: 'order', to: ['payment'], what: 'POST /payments' }),
        expect.objectContaining({ from: 'payment', to: ['order'], what: '201' }),
        expect.objectContaining({ kind: 'suffers', role: 'inventory', what: 'killed' }),
      ]),
    );
  });

  it('fits 80 columns, in both languages', async () => {
    for (const locale of ['en', 'es']) {
      const { stdout, exitCode } = await desk.plan(
        ...['sequence', '--run', chained, '--stuck', '--locale', locale],
      );
      expect(exitCode).toBe(0);
      const lines = stdout.split('\n');
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
      expect(stdout).toContain(locale === 'es' ? 'cliente' : 'client');
      expect(stdout).toMatch(/├─+▶│ +│ +│ +place/);
    }
  });

  it('says which order it does not know, and which it may be', async () => {
    const wrong = await desk.plan('sequence', 'o-sold-out-2');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain('plan sequence o-sold-out-1');
    const noCase = await desk.plan('sequence', '--case', 'orchestration');
    expect(noCase.stderr).toContain('choreography-node');
    expect((await desk.plan('sequence', 'o-1', '--stuck')).exitCode).toBe(2);
  });

  it('says what to run where there is no such run', async () => {
    const empty = await makeDesk();
    try {
      const { exitCode, stderr } = await empty.plan('sequence');
      expect(exitCode).toBe(2);
      expect(stderr).toContain('plan run kata-9');
    } finally {
      await empty.remove();
    }
  });

  it('is in the journal, in Mermaid', async () => {
    await desk.plan('init');
    const { exitCode, stderr } = await desk.plan('doc', 'kata-9');
    expect(exitCode, stderr).toBe(0);
    const page = readFileSync(path.join(desk.folder, 'journal', 'kata-9.md'), 'utf8');
    expect(page).toContain('```mermaid\nsequenceDiagram\n  participant p0 as client\n');
    expect(page).toContain('Note over p2: payments AUTHORIZED');
  });
});
