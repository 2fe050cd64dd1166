import { describe, expect, it } from 'vitest';
import { judge, overdueIn, reasonOf, type Run } from '../rules.histories.js';

/** Shipping threw BookParcel away, and the order went slowly all the while. @returns the order */
function thrownAway(run: Run): string {
  for (const one of overdueIn(run)) one.laterMs = 200;
  const order = reasonOf(run, 'deadline');
  run.final.parcels = run.final.parcels.filter((row) => row.order !== order);
  run.messages = run.messages.filter(({ id }) => id !== `${order}-ParcelRefused`);
  run.interposed.push({ how: 'newer', name: 'BookParcel', order });
  return order;
}

describe('a command with fields of a newer version', () => {
  it('is not to be thrown away, however slow the machine is', () => {
    const { broken, story } = judge(thrownAway);
    expect(broken).toEqual(['served-is-confirmed']);
    expect(story('served-is-confirmed')).toContain(
      'BookParcel came to shipping with fields of a newer version, and left nothing in its books',
    );
  });

  it.each<[string, (run: Run, order: string) => void]>([
    [
      'still waits in the queue',
      (run, order) => run.unsettled.push({ role: 'shipping', orders: [order] }),
    ],
    [
      'came too late, and left a row that says so',
      (run, order) =>
        run.final.parcels.push({ order, quantity: 2, status: 'CANCELLED', tracking: null }),
    ],
    ['came as it was sent', (run) => (run.interposed = [])],
  ])('leaves it open where it %s', (_, change) => {
    const { broken, findings } = judge((run) => change(run, thrownAway(run)));
    expect(broken).toEqual([]);
    const served = findings.find(({ invariant }) => invariant === 'served-is-confirmed');
    expect(served?.holds).toBeNull();
  });
});
