import { describe, expect, it } from 'vitest';
import { OwnBuilds } from './own-builds.js';

const order = { folder: '/mine/order', hash: 'a' };
const payment = { folder: '/mine/payment', hash: 'b' };

/** Both have been built, as each round asks for it. */
function built(): OwnBuilds {
  const builds = new OwnBuilds();
  for (const role of [order, payment]) {
    expect(builds.isCurrent(role)).toBe(false);
    builds.built(role);
  }
  return builds;
}

const current = (builds: OwnBuilds): boolean[] =>
  [order, payment].map((one) => builds.isCurrent(one));

describe('what was built while a system is watched', () => {
  it('is current until the sources of its role are others', () => {
    const builds = built();
    builds.changed(['/mine/payment/main.js']);
    expect(current(builds)).toEqual([true, true]);
    expect(builds.isCurrent({ ...payment, hash: 'c' })).toBe(false);
    expect(builds.isCurrent(order)).toBe(true);
  });

  it.each([['/mine/both.js'], ['/mine'], ['/mine/payments/main.js']])(
    'is current no more once %s, which is no role of its own, changes',
    (file) => {
      const builds = built();
      builds.changed(['/mine/payment/main.js', file]);
      expect(current(builds)).toEqual([false, false]);
    },
  );

  it('is made anew for who asks for it', () => {
    const builds = built();
    builds.forget();
    expect(current(builds)).toEqual([false, false]);
  });
});
