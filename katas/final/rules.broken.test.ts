import { describe, expect, it } from 'vitest';
import { call, judge, overdueIn, phase, reasonOf, threadOf, type Run } from './rules.histories.js';

const first = (run: Run) => run.final.orders[0] as Run['final']['orders'][number];
const told = (run: Run, name: string) => run.messages.filter((one) => one.name === name);
const again = (run: Run, n = 1) => run.sendings[n] as Run['sendings'][number];

type Wrong = readonly [string, readonly string[], (run: Run) => void];

const sagas: readonly Wrong[] = [
  [
    'an order that nothing disturbed is rejected',
    ['served-is-confirmed', 'rejected-has-a-cause'],
    (run) => run.expects.forEach((one, n) => n === 2 && Object.assign(one, { ends: 'confirmed' })),
  ],
  [
    'nobody goes on with an order until its deadline',
    ['served-is-confirmed'],
    (run) => Object.assign(overdueIn(run).at(-1) ?? {}, { laterMs: 2_000 }),
  ],
  [
    'an order that was taken is gone',
    [...['taken-is-kept', 'effects-as-ordered', 'books-are-even'], 'event-has-its-state-change'],
    (run) => run.final.orders.shift(),
  ],
  [
    'more is charged than was ordered',
    ['effects-as-ordered', 'books-are-even'],
    (run) => Object.assign(run.final.payments[0] ?? {}, { amount: 99 }),
  ],
  [
    'the provider has a charge that nobody knows',
    ['books-are-even'],
    (run) => run.outside.charges.push({ order: 'o-9', amount: 5, charge: 'ch-9', refunded: false }),
  ],
  [
    'a tracking is another order’s',
    ['effects-as-ordered'],
    (run) => Object.assign(first(run), { tracking: 'tr-1' }),
  ],
  [
    'a fact never came',
    ['state-change-has-its-event'],
    (run) => (run.messages = run.messages.filter(({ id }) => id !== 'o-0-StockReserved')),
  ],
  [
    'an order is left pending',
    ['every-order-ends', 'books-are-even', 'event-has-its-state-change'],
    (run) => Object.assign(first(run), { status: 'PENDING' }),
  ],
  [
    'a refused order keeps its money',
    ['rejected-keeps-nothing', 'books-are-even', 'event-has-its-state-change'],
    (run) => run.final.refunds.shift(),
  ],
  [
    'a confirmed order has no parcel',
    ['confirmed-has-all-three', 'books-are-even', 'event-has-its-state-change'],
    (run) => run.final.parcels.shift(),
  ],
  [
    'the money is given back before the stock is',
    ['compensates-backwards'],
    (run) => {
      const order = reasonOf(run, 'not-deliverable');
      const at = (name: string) => run.messages.findIndex(({ id }) => id === `${order}-${name}`);
      const [early] = run.messages.splice(at('RefundPayment'), 1);
      if (early) run.messages.splice(at('ReleaseStock'), 0, early);
    },
  ],
  [
    'an overdue order is not given up',
    ['given-up-in-time'],
    (run) => run.overdue.push({ address: 'a-0', isGivenUp: false, waitedMs: 4_500, worstMs: 10 }),
  ],
  [
    'a step took effect twice',
    ['effect-once', 'books-are-even'],
    (run) =>
      run.final.payments.push({
        ...(run.final.payments[0] as (typeof run.final.payments)[number]),
      }),
  ],
  [
    'a message tells another address',
    ['told-as-ordered'],
    (run) => Object.assign(told(run, 'BookParcel')[0]?.body ?? {}, { address: 'elsewhere' }),
  ],
  [
    'a fact is told under two message ids',
    ['duplicates-are-recognisable'],
    (run) =>
      run.messages.push({
        ...(told(run, 'PaymentAuthorized')[0] as Run['messages'][number]),
        id: 'x',
      }),
  ],
];

const edges: readonly Wrong[] = [
  [
    'a key stands for two orders',
    ['one-order-a-key', 'books-are-even'],
    (run) => run.final.orders.push({ ...first(run), id: 'o-x' }),
  ],
  [
    'who asks again is told another id',
    ['same-answer', 'taken-is-kept'],
    (run) => (again(run).answer = { status: 202, id: 'o-x', state: 'PENDING' }),
  ],
  ['who asks again is refused', ['same-answer'], (run) => (again(run).answer = { status: 409 })],
  [
    'a key stays in progress',
    ['retry-is-answered'],
    (run) => {
      run.expects.push({ address: 'a-9', act: 'repeated', ends: 'none', undisturbed: false });
      const { asked } = again(run);
      run.sendings.push({
        asked: { ...asked, address: 'a-9', act: 'repeated' },
        answer: { status: 409 },
      });
    },
  ],
  [
    'a key stays in progress after a crash',
    ['retry-is-answered'],
    (run) => {
      run.expects.push({ address: 'a-9', act: 'crashes', ends: 'none', undisturbed: false });
      const { asked } = again(run);
      run.sendings.push({
        asked: { ...asked, address: 'a-9', act: 'crashes' },
        answer: { status: 409 },
      });
    },
  ],
  [
    'another body under a key is taken for the same',
    ['refuses-rightly'],
    (run) =>
      run.sendings.push({ ...again(run), asked: { ...again(run).asked, sort: 'other-body' } }),
  ],
  [
    'a stranger is served',
    ['knows-its-clients'],
    (run) => run.sendings.push({ ...again(run), asked: { ...again(run).asked, sort: 'stranger' } }),
  ],
  [
    'the provider is asked without a key',
    ['asks-with-a-key'],
    (run) => delete run.calls[0]?.headers['idempotency-key'],
  ],
  [
    'a provider that is down is asked all the time',
    ['spares-what-is-down'],
    (run) => {
      run.calls.push(phase(100, 'provider', 'down'));
      for (let ms = 200; ms < 2_000; ms += 50) run.calls.push(call(ms));
      run.calls.push(phase(2_100, 'provider', 'well'), call(2_200));
    },
  ],
  [
    'a carrier that is well again is never asked',
    ['asks-again'],
    (run) => run.calls.push(phase(100, 'carrier', 'down'), phase(2_100, 'carrier', 'well')),
  ],
  [
    'a rejected order has lost a span at SIGTERM',
    ['nothing-is-lost-at-shutdown'],
    (run) => {
      const order = reasonOf(run, 'declined');
      const address = run.final.orders.find(({ id }) => id === order)?.address;
      for (const one of run.expects)
        if (one.address === address) Object.assign(one, { act: 'sigterm' });
      run.spans = run.spans.map((span) =>
        span.name === 'payments producer' && span.traceId === threadOf(order, 2)[0]?.traceId
          ? { ...span, parentId: 'f'.repeat(16) }
          : span,
      );
    },
  ],
  [
    'a carrier that is down gets a crowd of cancellations, and few calls before and after',
    ['spares-what-is-down'],
    (run) => {
      run.calls.push(phase(100, 'carrier', 'down'));
      run.calls.push(call(200, '/parcels'));
      for (let n = 0; n < 11; n += 1) run.calls.push(call(4_000 + 20 * n, '/parcels'));
      run.calls.push(phase(8_000, 'carrier', 'well'), call(8_100, '/parcels'));
    },
  ],
  [
    'of two orders that wait for the carrier one is left waiting',
    ['asks-again'],
    (run) => {
      run.calls.push(phase(100, 'carrier', 'slow'), call(200, '/parcels', 'o-0'));
      run.calls.push(phase(1_000, 'carrier', 'down'), call(1_200, '/parcels', 'o-1'));
      run.calls.push(phase(2_100, 'carrier', 'well'), call(2_200, '/parcels', 'o-0'));
      run.calls.push(call(5_700, '/parcels', 'o-1'));
    },
  ],
  [
    'a line is plain text while the carrier is down',
    ['logs-are-json'],
    (run) => run.outageStrays.push('Traceback (most recent call last):'),
  ],
  [
    'a thread ends at the queue',
    ['one-graph-an-order'],
    (run) =>
      (run.spans = run.spans.map((span) =>
        span.name === 'payments server' ? { ...span, parentId: 'f'.repeat(16) } : span,
      )),
  ],
  [
    'what is undone begins a new trace',
    ['one-graph-an-order'],
    (run) => {
      const order = reasonOf(run, 'not-deliverable');
      run.spans.push(...threadOf(order, 7), ...threadOf(order, 8));
    },
  ],
  [
    'a parcel is cancelled without the request id',
    ['request-id-everywhere'],
    (run) => {
      const path = `/parcels/${reasonOf(run, 'out-of-stock')}`;
      run.calls.push({ ...call(0, path), method: 'DELETE', text: '', headers: {} });
    },
  ],
  [
    'a message loses the request id',
    ['request-id-everywhere'],
    (run) => delete told(run, 'ReserveStock')[0]?.headers['x-request-id'],
  ],
  [
    'a service writes text',
    ['logs-are-json', 'request-id-everywhere'],
    (run) => (run.logs.shipping[0] = 'INFO o-0 was sent'),
  ],
  [
    'a service counts nothing any more once its servers were gone',
    ['metrics-tell'],
    (run) => {
      run.expects.forEach((one, n) => n === 0 && Object.assign(one, { act: 'restarts' }));
      run.restarted = { before: run.samples.orders, after: run.samples.orders };
    },
  ],
  [
    'a line about an order of a bad day is no object',
    ['logs-are-json'],
    (run) => run.strays.push('DELETE /parcels/o-4 failed: Error'),
  ],
  ['a service counts nothing', ['metrics-tell'], (run) => (run.samples.inventory = [])],
  [
    'a client is let through without end',
    ['clients-keep-their-limit', 'taken-is-kept'],
    (run) => {
      const { asked, answer } = again(run);
      for (let n = 0; n < 60; n += 1)
        run.sendings.push({
          asked: { ...asked, address: 'a-7', act: 'flood', client: 'flood', sort: 'flood' },
          answer,
        });
    },
  ],
  [
    'others are refused while one floods',
    ['others-are-served', 'no-client-is-refused-below-it', 'retry-after-is-true'],
    (run) => {
      const asked = {
        ...again(run).asked,
        address: 'a-8',
        act: 'flood',
        client: 'ben',
        sort: 'bystander',
      } as const;
      run.sendings.push({ asked, answer: { status: 429, retryAfter: 60 } });
    },
  ],
];

it('blames nobody where an order that was slow in all its steps ran into its deadline', () => {
  const { broken, findings } = judge((run) => {
    for (const one of overdueIn(run)) one.laterMs = 200;
  });
  expect(broken).toEqual([]);
  const served = findings.find(({ invariant }) => invariant === 'served-is-confirmed');
  expect(served?.holds).toBeNull();
});

describe('is broken, where', () => {
  it.each([...sagas, ...edges])('%s', (_, expected, change) => {
    const { broken, story } = judge(change);
    expect([...broken].sort()).toEqual([...expected].sort());
    for (const name of expected) expect(story(name)).not.toBe('');
  });
});
