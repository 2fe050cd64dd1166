import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindingsOf, calls, facts, messages, roles, styles } from './contract.js';
import {
  cancelled,
  confirmed,
  declined,
  judge,
  late,
  soldOut,
  type Saga,
} from './rules.histories.js';

const rights = { confirmed, declined, soldOut, late, cancelled };

describe('sagas that work', () => {
  it('hold, with every condition met', () => {
    const result = judge(Object.values(rights));
    expect(result.broken).toEqual([]);
    expect(result.undecided).toEqual([]);
    expect(result.coverage.filter(({ met }) => !met)).toEqual([]);
    expect(result.figures).toMatchObject({
      confirmed: 1,
      rejected: 4,
      pending: 0,
      compensations: 3,
    });
    expect(result.figures).toMatchObject({ lateSuccesses: 1 });
  });

  it.each(['ok', 'unknown'] as const)('may have answered the client: %s', (told) => {
    expect(judge([{ ...confirmed, told }]).broken).toEqual([]);
  });

  it('may have taken nothing of what was never answered', () => {
    expect(judge([{ told: 'unknown', status: 'gone' }, confirmed]).broken).toEqual([]);
  });

  const messagesOf = (saga: Saga): string[] => [...(saga.messages ?? [])];

  it('may tell of everything again, and of others in any order', () => {
    const anyRight = fc.constantFrom(...Object.values(rights));
    fc.assert(
      fc.property(fc.array(anyRight, { minLength: 1, maxLength: 8 }), fc.nat(3), (sagas, again) => {
        const repeated = sagas.map((saga) => {
          const all = messagesOf(saga);
          return { ...saga, messages: [...all, ...all.slice(0, again), ...all.slice(-again)] };
        });
        expect(judge(repeated).broken).toEqual([]);
      }),
    );
  });

  it('may give commands, also more than one of a name', () => {
    const messages = ['OrderCreated', 'AuthorizePayment', 'PaymentAuthorized', 'ReserveStock'];
    const rest = ['StockReserved', 'OrderConfirmed'];
    const result = judge([{ ...confirmed, messages: [...messages, ...rest] }]);
    expect(result.broken).toEqual([]);
    expect(result.figures).toMatchObject({ messagesPerOrder: 6 });
  });

  it('may sell the last unit to one of two', () => {
    const pair: Saga[] = [
      { ...confirmed, ends: 'one-of-two' },
      { ...soldOut, ends: 'one-of-two' },
    ];
    expect(judge(pair).broken).toEqual([]);
  });

  it('may take the last money of one of two', () => {
    const pair: Saga[] = [
      { ...confirmed, ends: 'one-of-two', of: 'money' },
      { ...declined, ends: 'one-of-two', of: 'money' },
    ];
    expect(judge(pair).broken).toEqual([]);
  });
});

describe('a saga that goes wrong', () => {
  const wrong: [string, Saga, string[]][] = [
    [
      'stays pending',
      {
        ...confirmed,
        status: 'PENDING',
        messages: ['OrderCreated', 'PaymentAuthorized', 'StockReserved'],
      },
      ['every-order-ends'],
    ],
    [
      'rejects what could be served, with an invented reason',
      { ...declined, ends: 'confirmed', payments: [], messages: ['OrderCreated', 'OrderRejected'] },
      ['served-is-confirmed', 'rejected-has-a-cause'],
    ],
    [
      'declines who could pay',
      { ...declined, ends: 'confirmed' },
      ['served-is-confirmed', 'rejected-has-a-cause'],
    ],
    [
      'confirms what nobody reserved',
      {
        ...confirmed,
        reservations: [],
        messages: ['OrderCreated', 'PaymentAuthorized', 'OrderConfirmed'],
      },
      ['confirmed-has-both'],
    ],
    [
      'keeps the money',
      { ...soldOut, refunds: 0, messages: soldOut.messages?.slice(0, 4) },
      ['rejected-keeps-nothing'],
    ],
    [
      'forgets the late success',
      { ...late, releases: 0, messages: late.messages?.slice(0, 5) },
      ['rejected-keeps-nothing'],
    ],
    ['gives back twice', { ...soldOut, refunds: 2 }, ['effect-once']],
    ['pays twice', { ...confirmed, payments: ['AUTHORIZED', 'AUTHORIZED'] }, ['effect-once']],
    [
      'gives back what it never took',
      { ...declined, refunds: 1, messages: [...(declined.messages ?? []), 'PaymentRefunded'] },
      ['effects-as-ordered'],
    ],
    [
      'puts back what it never reserved',
      { ...soldOut, releases: 1, messages: [...(soldOut.messages ?? []), 'StockReleased'] },
      ['effects-as-ordered'],
    ],
    [
      'takes for sold out what only the money was short of',
      { ...soldOut, ends: 'one-of-two', of: 'money' },
      ['rejected-has-a-cause', 'served-is-confirmed'],
    ],
    ['gives back another amount', { ...soldOut, refundOf: 3 }, ['effects-as-ordered']],
    ['gives up too early', { ...late, tookMs: 500 }, ['rejected-has-a-cause']],
    [
      'is read otherwise later',
      { ...confirmed, reads: ['REJECTED', 'CONFIRMED'] },
      ['final-state-stays'],
    ],
    [
      'goes back to pending',
      { ...confirmed, reads: ['CONFIRMED', 'PENDING'] },
      ['final-state-stays'],
    ],
    [
      'tells of two ends',
      { ...confirmed, messages: [...(confirmed.messages ?? []), 'OrderRejected'] },
      ['final-state-stays', 'event-has-its-state-change'],
    ],
    [
      'does not tell of an end',
      { ...confirmed, messages: confirmed.messages?.slice(0, 3) },
      ['state-change-has-its-event'],
    ],
    [
      'tells of what was rolled back',
      { ...declined, messages: [...(declined.messages ?? []), 'PaymentAuthorized'] },
      ['event-has-its-state-change'],
    ],
    ['takes an order and loses it', { status: 'gone', told: 'ok' }, ['taken-is-kept']],
    ['stores what it refused', { ...confirmed, told: 'refused' }, ['taken-is-kept']],
    [
      'pays for an order that nobody has',
      {
        ...confirmed,
        status: 'gone',
        told: 'unknown',
        reads: [],
        messages: ['PaymentAuthorized', 'StockReserved'],
      },
      ['effects-as-ordered'],
    ],
    [
      'tells another amount',
      { ...confirmed, changed: { PaymentAuthorized: { body: { amount: 1 } } } },
      ['told-as-ordered'],
    ],
    [
      'tells no reason',
      { ...declined, changed: { OrderRejected: { body: { reason: undefined } } } },
      ['told-as-ordered'],
    ],
    [
      'correlates with nothing',
      { ...confirmed, changed: { StockReserved: { correlationId: undefined } } },
      ['correlates-with-its-order'],
    ],
    [
      'shares a message id',
      { ...confirmed, changed: { OrderCreated: { id: 'm' }, PaymentAuthorized: { id: 'm' } } },
      ['duplicates-are-recognisable'],
    ],
  ];
  it.each(wrong)('%s', (_, saga, broken) => {
    const right = [confirmed, confirmed];
    expect(judge([...right, saga]).broken.sort()).toEqual([...broken].sort());
  });

  it('loses money on the way', () => {
    expect(judge([confirmed], { missing: 5 }).broken).toEqual(['money-conserved']);
  });

  it('takes money that is not there', () => {
    const result = judge([confirmed], { overdrawn: 1 });
    expect(result.broken).toEqual(['money-conserved']);
    expect(result.story('money-conserved')).toContain('1 customer has a balance below zero');
  });

  it('declines both of two where there is money for one', () => {
    const both: Saga[] = Array.from({ length: 2 }, () => ({
      ...declined,
      ends: 'one-of-two',
      of: 'money',
    }));
    const sold: Saga = { ...confirmed, ends: 'one-of-two', of: 'stock' };
    expect(judge([...both, sold]).broken).toEqual(['served-is-confirmed']);
  });

  it('is told with the service that was killed', () => {
    const crash = { role: 'payment', point: 'publish', met: true, order: 'o-0' } as const;
    const saga: Saga = { ...confirmed, status: 'PENDING', messages: ['OrderCreated'] };
    const result = judge([saga], { crashes: [crash] });
    expect(result.story('every-order-ends')).toContain('payment was killed as it published');
  });

  it('hands back what nobody can read, for ever', () => {
    const result = judge([confirmed], { unread: ['unreadable-order-OrderCreated-1'] });
    expect(result.broken).toEqual(['unreadable-is-rejected']);
    expect(result.story('unreadable-is-rejected')).toContain('in that of order');
  });

  it('sells the last unit to neither of two', () => {
    const both: Saga[] = Array.from({ length: 2 }, () => ({ ...soldOut, ends: 'one-of-two' }));
    expect(judge(both).broken).toEqual(['served-is-confirmed']);
  });
});

describe('the messages', () => {
  it('go from one role to others, as every style together has it', () => {
    expect(messages['StockRejected']).toMatchObject({
      ...{ kind: 'event', from: 'inventory', to: ['order', 'payment'], exchange: 'events' },
    });
    expect(messages['ReserveStock']).toMatchObject({
      ...{ kind: 'command', from: 'order', to: ['inventory'], exchange: 'commands' },
    });
    const bound = new Set(bindingsOf('own').map(({ key }) => key));
    for (const name of bound) expect(Object.keys(messages)).toContain(name);
  });

  it('tell why an order was rejected, and nothing of it otherwise', () => {
    const withReason = Object.entries(messages).filter(([, { body }]) => 'reason' in body);
    expect(withReason.map(([name]) => name)).toEqual(['OrderRejected']);
  });
});

describe('the queues', () => {
  it('of a style of the learner’s own have all that any style needs', () => {
    const own = bindingsOf('own').map(({ queue, key }) => `${queue} ${key}`);
    for (const style of ['no-compensation', 'choreography', 'orchestration'])
      for (const { queue, key } of bindingsOf(style)) expect(own).toContain(`${queue} ${key}`);
    expect(new Set(own).size).toBe(own.length);
  });
});

describe.each(['en', 'es'])('the brief (%s)', (locale) => {
  const brief = readFileSync(path.join(import.meta.dirname, `brief.${locale}.md`), 'utf8');
  const rows = brief
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1));
  const named = (cell = ''): string[] =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one);

  it('has each fact with whose it is', () => {
    const told = rows.flatMap(([name, of]) => {
      const [fact = '', role] = [...named(name), ...named(of)];
      return fact in facts ? [[fact, role]] : [];
    });
    expect(Object.fromEntries(told)).toEqual(facts);
  });

  it('has for each style what comes to each queue', () => {
    const head = rows.find((cells) => styles.some((style) => cells[1]?.includes(`\`${style}\``)));
    const shown = (head ?? []).slice(1).flatMap(named);
    expect(shown).toEqual(styles.filter((style) => bindingsOf(style).length > 0));
    for (const role of roles) {
      const row = rows.slice(rows.indexOf(head ?? [])).find(([name]) => named(name)[0] === role);
      for (const [at, style] of shown.entries()) {
        const bound = bindingsOf(style).filter(({ queue }) => queue === role);
        expect(named(row?.[at + 1])).toEqual(bound.map(({ key }) => key));
      }
    }
  });

  it('has each route between services with its answers', () => {
    const flat = brief.replace(/\s+/g, ' ');
    for (const [route, { answers }] of Object.entries(calls)) {
      const said = flat.slice(flat.indexOf(`\`${route}\``)).slice(0, 40);
      for (const status of Object.keys(answers)) expect(said).toContain(status);
    }
  });
});
