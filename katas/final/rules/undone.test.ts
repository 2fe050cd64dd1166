import { expect, it } from 'vitest';
import { judge, reasonOf, type Run } from '../rules.histories.js';

/** One message of this order comes before another one of it. */
const early =
  (reason: 'out-of-stock' | 'not-deliverable', name: string, before: string) => (run: Run) => {
    const order = reasonOf(run, reason);
    const at = (one: string) => run.messages.findIndex(({ id }) => id === `${order}-${one}`);
    const [moved] = run.messages.splice(at(name), 1);
    if (!moved) throw new Error(`the order has no ${name}`);
    run.messages.splice(at(before), 0, moved);
  };

it.each(['out-of-stock', 'not-deliverable'] as const)(
  'is broken where an order is rejected before its money is back: %s',
  (reason) => {
    const { broken, story } = judge(early(reason, 'OrderRejected', 'PaymentRefunded'));
    expect(broken).toEqual(['compensates-backwards']);
    expect(story('compensates-backwards')).toContain('before PaymentRefunded came');
  },
);

it('says nothing of it where the broker was gone: what it lost comes once more', () => {
  const { broken } = judge((run) => {
    early('out-of-stock', 'OrderRejected', 'PaymentRefunded')(run);
    for (const one of run.expects) Object.assign(one, { act: 'restarts' });
  });
  expect(broken).not.toContain('compensates-backwards');
});
