import { expect, it } from 'vitest';
import { breachOf, type Messages } from './messages.js';

const messages: Messages = {
  OrderRejected: {
    kind: 'event',
    from: 'order',
    exchange: 'events',
    body: { order: 'text', amount: 'integer', 'reason?': ['declined', 'deadline'] },
  },
};
const right = {
  ...{ id: 'm-1', exchange: 'events', key: 'OrderRejected', persistent: true },
  body: { order: 'o-1', amount: 3, reason: 'declined' },
};

it('knows what is as agreed, also with fields of a newer version and of what was stored before', () => {
  expect(breachOf(messages, right)).toBeUndefined();
  const { persistent, ...stored } = right;
  expect(persistent).toBe(true);
  expect(breachOf(messages, stored)).toBeUndefined();
  const newer = { ...right, body: { order: 'o-1', amount: 3, since: 'v2' } };
  expect(breachOf(messages, newer)).toBeUndefined();
});

it('leaves alone what goes elsewhere', () => {
  expect(breachOf(messages, { ...right, key: 'Tick', exchange: 'clock' })).toBeUndefined();
});

it.each([
  [{ key: 'OrderLost' }, 'no contract knows this name'],
  [{ key: 'toString' }, 'no contract knows this name'],
  [{ exchange: 'commands' }, 'it went to the exchange "commands", and belongs to "events"'],
  [{ persistent: false }, 'it is not persistent'],
  [{ id: '' }, 'it has no message id'],
  [{ body: 'gibberish' }, 'its body is no JSON object'],
  [{ body: [] }, 'its body is no JSON object'],
  [{ body: { amount: 3 } }, 'its field order is missing, and the contract wants text'],
  [
    { body: { order: 'o', amount: 3.5 } },
    'its field amount is 3.5, and the contract wants integer',
  ],
  [
    { body: { order: 'o', amount: 3, reason: 'mood' } },
    'its field reason is "mood", and the contract wants "declined" | "deadline"',
  ],
])('says what of %j is otherwise', (changes, why) => {
  expect(breachOf(messages, { ...right, ...changes })?.en).toBe(why);
});
