import { expect, it } from 'vitest';
import { call, judge, overdueIn, phase, reasonOf, threadOf, type Run } from '../rules.histories.js';

/** An order that nothing disturbs takes more than a second. */
function slowly(run: Run): void {
  for (const one of run.messages) one.laterMs = 200;
}

it('leaves it open on a busy machine whether a dependency is asked again', () => {
  const { broken, findings } = judge((run) => {
    slowly(run);
    run.calls.push(phase(9_100, 'carrier', 'down'), phase(11_100, 'carrier', 'well'));
  });
  expect(broken).toEqual([]);
  expect(findings.find(({ invariant }) => invariant === 'asks-again')?.holds).toBeNull();
});

it('leaves it open on a busy machine whether a dependency is spared', () => {
  const { broken, findings } = judge((run) => {
    slowly(run);
    run.calls.push(phase(9_100, 'provider', 'slow'));
    for (let n = 0; n < 15; n += 1) run.calls.push(call(9_200 + 100 * n));
    for (let n = 0; n < 15; n += 1) run.calls.push(call(10_750 + 10 * n));
    run.calls.push(phase(11_100, 'provider', 'well'), call(11_200));
  });
  expect(broken).toEqual([]);
  expect(findings.find(({ invariant }) => invariant === 'spares-what-is-down')?.holds).toBeNull();
});

it('leaves it open on a busy machine whether spans were lost at SIGTERM', () => {
  const { broken, findings } = judge((run) => {
    const order = reasonOf(run, 'declined');
    Object.assign(run.expects[2] ?? {}, { act: 'sigterm' });
    slowly(run);
    const [{ traceId } = { traceId: '' }] = threadOf(order, 2);
    run.spans = run.spans.map((span) =>
      span.name === 'payments producer' && span.traceId === traceId
        ? { ...span, parentId: 'f'.repeat(16) }
        : span,
    );
  });
  expect(broken).toEqual([]);
  const lost = findings.find(({ invariant }) => invariant === 'nothing-is-lost-at-shutdown');
  expect(lost?.holds).toBeNull();
});

it('blames nobody for an order that the lab itself kept waiting', () => {
  const heldFor = (laterMs: number) => (run: Run) => {
    Object.assign(overdueIn(run).at(-1) ?? {}, { laterMs: 2_000 });
    const order = reasonOf(run, 'deadline');
    run.interposed.push({ how: 'newer', name: 'OrderRejected', order, laterMs });
  };
  expect(judge(heldFor(10)).broken).toEqual(['served-is-confirmed']);
  const { broken, findings } = judge(heldFor(600));
  expect(broken).toEqual([]);
  expect(findings.find(({ invariant }) => invariant === 'served-is-confirmed')?.holds).toBeNull();
});

it('takes no order that waited for a breaker for one of a busy machine', () => {
  const { broken } = judge((run) => {
    slowly(run);
    for (const one of run.expects) Object.assign(one, { act: 'provider' });
    run.calls.push(phase(9_100, 'carrier', 'down'), phase(11_100, 'carrier', 'well'));
  });
  expect(broken).toContain('asks-again');
});

it('blames nobody for the one order whose step came after its deadline', () => {
  const late = (run: Run) => {
    const mine = overdueIn(run);
    const booked = mine.find(({ name }) => name === 'ParcelRefused');
    const [last] = mine.slice(-1);
    if (!booked || !last) throw new Error('the history has no parcel');
    Object.assign(last, { laterMs: 2_000 });
    run.messages = [...run.messages.filter((one) => one !== booked), booked];
  };
  const { broken, findings } = judge(late);
  expect(broken).toEqual([]);
  expect(findings.find(({ invariant }) => invariant === 'served-is-confirmed')?.holds).toBeNull();
});
