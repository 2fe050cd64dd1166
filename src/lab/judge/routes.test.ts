import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import type { Calls } from '../../kata/calls.js';
import { checkProgram } from './program.js';

const calls: Calls = {
  'POST /payments': {
    to: 'payment',
    body: { order: 'text', amount: 'integer' },
    answers: { 201: {}, 409: { error: 'text' } },
  },
};

const asked = { n: 0, from: 'order', to: 'payment', method: 'POST', path: '/payments' };
const right = { order: 'o-1', amount: 7 };

/** What is broken, and the witness's words. */
function judged(call: object, ended?: object): string[] {
  const writer = new HistoryWriter();
  writer.note('call', { ...asked, body: right, ...call });
  if (ended) writer.note('call-ended', { n: 0, ...ended });
  return checkProgram(writer.history(), { calls })
    .filter(({ holds }) => holds === false)
    .map(({ invariant, witness }) => `${invariant}: ${witness?.story.en ?? ''}`);
}

describe('calls between services', () => {
  it.each([
    ['asked and answered as agreed', {}, { status: 201, body: null }],
    ['refused as agreed', {}, { status: 409, body: { error: 'no' } }],
    ['that the other could not do', {}, { status: 503, body: 'busy' }],
    ['that broke', {}, { problem: 'ECONNRESET' }],
    ['that never ended', {}, undefined],
    ['with a query', { path: '/payments?again=1' }, { status: 201, body: {} }],
    ['of which the contract says nothing', { method: 'GET', body: null }, { status: 404 }],
    ['to somebody else', { to: 'inventory', body: null }, { status: 404 }],
  ])('are no breach: %s', (_, call, ended) => {
    expect(judged(call, ended)).toEqual([]);
  });

  it('name who asked otherwise than agreed', () => {
    expect(judged({ body: { order: 'o-1', amount: '7' } }, { status: 400 })).toEqual([
      'follows-the-contract: POST /payments from order to payment breaks the contract on history line 1: its field amount is "7", and the contract wants integer.\n  came: {"order":"o-1","amount":"7"}',
    ]);
  });

  it('name who answered otherwise than agreed', () => {
    expect(judged({}, { status: 200, body: { ok: true } })).toEqual([
      expect.stringContaining('it is answered 200, and the contract knows 201, 409'),
    ]);
    expect(judged({}, { status: 409, body: {} })).toEqual([
      expect.stringContaining('its field error is missing, and the contract wants text'),
    ]);
  });
});
