import { expect, it } from 'vitest';
import { judge, phase, reasonOf, threadOf, type Run } from '../rules.histories.js';

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
