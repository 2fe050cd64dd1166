import { expect, it } from 'vitest';
import { History } from '../../../src/kata/history.js';
import { recoveriesIn } from './recovery.js';

interface Happening {
  readonly ms: number;
  readonly f: string;
  readonly value: object;
}

const happens = (ms: number, f: string, value: object = {}): Happening => ({ ms, f, value });
const tells = (ms: number, key: string): Happening => happens(ms, 'observed', { message: { key } });

function recoveries(...happened: readonly Happening[]) {
  const events = happened.map(({ ms, f, value }) => ({
    ...{ case: 0, at: ms * 1000, type: 'note' as const, f, value },
  }));
  const history = new History(events);
  const messages = history
    .notes<{ message: { key: string } }>('observed')
    .map(({ at, value }) => ({ at, name: value.message.key }));
  return recoveriesIn(history, messages);
}

it('counts from the kill to what the service tells once it was started again', () => {
  const seen = recoveries(
    happens(0, 'program-started', { role: 'payments' }),
    tells(50, 'PaymentAuthorized'),
    happens(100, 'program-killed', { role: 'payments' }),
    // On its way before it was killed, and of another service.
    tells(120, 'PaymentAuthorized'),
    happens(300, 'program-started', { role: 'payments' }),
    tells(310, 'StockReserved'),
    tells(350, 'PaymentDeclined'),
  );
  expect(seen).toEqual([{ after: 'killed', role: 'payments', ms: 250 }]);
});

it('takes commands for what orders tells', () => {
  const seen = recoveries(
    happens(100, 'program-killed', { role: 'orders' }),
    happens(200, 'program-started', { role: 'orders' }),
    tells(260, 'ReserveStock'),
  );
  expect(seen).toEqual([{ after: 'killed', role: 'orders', ms: 160 }]);
});

it('tells nothing of who was killed again before it told anything', () => {
  const killed = (ms: number) => happens(ms, 'program-killed', { role: 'shipping' });
  const started = (ms: number) => happens(ms, 'program-started', { role: 'shipping' });
  const seen = recoveries(
    killed(0),
    started(100),
    killed(200),
    started(300),
    tells(500, 'ParcelBooked'),
  );
  expect(seen).toEqual([{ after: 'killed', role: 'shipping', ms: 300 }]);
});

it('counts from when all have the broker again, and the database', () => {
  const hole = (ms: number, n: number) => [
    happens(ms, 'fault', { n, kind: 'black-hole', target: 'broker', detail: {} }),
  ];
  const healed = (ms: number, n: number) => happens(ms, 'fault-ended', { n, how: 'healed' });
  const seen = recoveries(
    happens(0, 'away', { what: 'broker', met: true }),
    ...hole(1, 0),
    ...hole(2, 1),
    tells(5, 'PaymentAuthorized'),
    healed(1000, 0),
    healed(1002, 1),
    tells(1500, 'PaymentAuthorized'),
    tells(1600, 'PaymentAuthorized'),
    tells(1700, 'OrderConfirmed'),
    happens(2000, 'away', { what: 'database', met: true }),
    ...hole(2001, 2),
    healed(3000, 2),
    tells(3100, 'ParcelBooked'),
  );
  expect(seen).toContainEqual({ after: 'broker', role: 'payments', ms: 498 });
  expect(seen).toContainEqual({ after: 'broker', role: 'orders', ms: 698 });
  expect(seen).toContainEqual({ after: 'database', role: 'shipping', ms: 100 });
  expect(seen.filter(({ after }) => after === 'database')).toHaveLength(1);
});
