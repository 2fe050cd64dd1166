import { expect, it } from 'vitest';
import { acts } from './contract.js';
import { requirements } from './contract/requirements.js';
import { call, goodRun, judge, phase, type Run } from './rules.histories.js';

it('belongs to one requirement, each rule that an act can break', () => {
  const owned = requirements.flatMap(({ rules }) => rules);
  expect(new Set(owned).size).toBe(owned.length);
  const breakable = new Set(Object.values(acts).flatMap(({ breaks }) => breaks));
  expect([...breakable].sort()).toEqual([...owned].sort());
  const judged = judge().findings.map(({ invariant }) => invariant);
  expect([...judged].sort()).toEqual([...owned].sort());
});

it('blames nobody for a run that is as it should be, and tells its books', () => {
  const { broken, exhibits } = judge();
  expect(broken).toEqual([]);
  const books = exhibits?.cells.filter(({ row }) => row.startsWith('B')) ?? [];
  expect(books.map(({ mark }) => mark)).toEqual(['=', '=', '=']);
  expect(books[0]?.how.en).toBe(
    'orders 2, payments 2, inventory 2, shipping 2, provider 2, carrier 2',
  );
});

it('tells how long confirmed orders took by act, and what all of it held', () => {
  const mb = 1024 ** 2;
  const { exhibits, figures } = judge((run) => {
    run.memory = { bytes: 900 * mb, lab: 100 * mb, programs: 300 * mb, services: 500 * mb };
  });
  const cells = exhibits?.cells.filter(({ row }) => /^[TAM]/.test(row)) ?? [];
  expect(cells.map(({ row, title, how }) => [row, title.en, how.en])).toEqual([
    ['T1', 'a calm day: ms until confirmed', 'p95 – p99 –, of 2'],
    ['M1', 'memory at its peak, MB', '(services 500, programs 300, lab 100)'],
  ]);
  expect(figures).toMatchObject({ memoryMb: 900, calmP50: figures['confirmedP50'] });
  expect(figures).not.toHaveProperty('killedMs');
});

it('takes no requirement for met of which nothing was tried, since no order was taken', () => {
  const marks = (change: (run: Run) => void): Set<string> => {
    const cells = judge(change).exhibits?.cells ?? [];
    return new Set(cells.filter(({ row }) => row.startsWith('R')).map(({ mark }) => mark));
  };
  expect(marks(() => undefined)).toContain('✔');
  const refused = marks((run) => run.sendings.forEach((one) => (one.answer = 'unknown')));
  expect(refused).not.toContain('✔');
});

it('takes what is late for no outage', () => {
  const { broken } = judge((run) => {
    run.calls.push(phase(100, 'carrier', 'late'), phase(9_000, 'carrier', 'well'));
    for (let ms = 9_000; ms < 9_100; ms += 10) run.calls.push(call(ms, '/parcels'));
  });
  expect(broken).toEqual([]);
});

it('is broken by no outage that a breaker spares', () => {
  const { broken } = judge((run) => {
    run.calls.push(phase(100, 'provider', 'down'), call(150), call(200), call(900), call(1_400));
    run.calls.push(phase(2_100, 'provider', 'well'), call(2_400));
  });
  expect(broken).toEqual([]);
});

it('is not broken by calls that all come late, before the breaker can know', () => {
  const { broken } = judge((run) => {
    run.calls.push(phase(100, 'carrier', 'down'));
    for (let n = 0; n < 6; n += 1) run.calls.push(call(1_500 + 170 * n, '/parcels'));
    run.calls.push(phase(6_000, 'carrier', 'well'), call(6_100, '/parcels'));
  });
  expect(broken).toEqual([]);
});

it('is not broken by who asks for each order soon after an outage', () => {
  const { broken } = judge((run) => {
    run.calls.push(phase(100, 'carrier', 'down'), call(200, '/parcels', 'o-0'));
    run.calls.push(call(210, '/parcels', 'o-1'), call(2_080, '/parcels', 'o-4'));
    run.calls.push(phase(2_100, 'carrier', 'well'), call(2_200, '/parcels', 'o-0'));
    const cancelled = { ...call(5_500, '/parcels/o-1'), method: 'DELETE', text: '' };
    run.calls.push({ ...cancelled, headers: { 'x-request-id': 'r-1' } });
  });
  expect(broken).toEqual([]);
});

it('is not broken by the trace of a request that asks again', () => {
  const { broken } = judge((run) => {
    const [server] = run.spans;
    if (server) run.spans.push({ ...server, traceId: 'e'.repeat(32), spanId: 'e'.repeat(16) });
  });
  expect(broken).toEqual([]);
});

it('is not broken by an answer that nobody knows', () => {
  const { broken } = judge((run) => run.sendings.forEach((one) => (one.answer = 'unknown')));
  expect(broken.filter((name) => name !== 'request-id-everywhere')).toEqual([]);
  expect(goodRun().final.orders).toHaveLength(5);
});
