import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../history/recorder.js';
import { cancelFrame, FrameReader } from './amqp-frames.js';
import type { AmqpEvent } from './amqp-methods.js';
import { TappedChannel } from './tapped-channel.js';
import { TapRecord } from './tap-record.js';

const short = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);
const long = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const longLong = (n: number): Buffer => Buffer.concat([long(0), long(n)]);
const text = (s: string): Buffer => Buffer.concat([Buffer.from([s.length]), Buffer.from(s)]);

function frame(type: number, ...payload: Buffer[]): Buffer {
  const bytes = Buffer.concat(payload);
  const head = [Buffer.from([type]), short(7), long(bytes.length)];
  return Buffer.concat([...head, bytes, Buffer.from([0xce])]);
}

const greeting = Buffer.from('AMQP\0\0\x09\x01', 'latin1');
const heartbeat = frame(8);
const body = frame(3, Buffer.from('{"n":1}'));
const ack = (tag: number, multiple = 0): Buffer =>
  frame(1, short(60), short(80), longLong(tag), Buffer.from([multiple]));
const deliver = (tag: number): Buffer =>
  frame(
    1,
    ...[short(60), short(60), text('ct'), longLong(tag), Buffer.from([1])],
    ...[text(''), text('payments')],
  );
const attempts = Buffer.concat([text('attempts'), Buffer.from('I'), long(3)]);
const header = (id: string): Buffer =>
  frame(
    2,
    ...[short(60), short(0), longLong(7), short(0b1011_0000_1000_0000)],
    ...[text('application/json'), long(attempts.length), attempts, Buffer.from([2]), text(id)],
  );

function eventsIn(chunks: readonly Buffer[]): [number, AmqpEvent][] {
  const events: [number, AmqpEvent][] = [];
  const reader = new FrameReader((channel, event) => events.push([channel, event]));
  for (const chunk of chunks) reader.push(chunk);
  return events;
}

describe('frames', () => {
  const stream = Buffer.concat([greeting, heartbeat, deliver(1), header('m-1'), body, ack(1)]);
  const expected = [
    [
      7,
      {
        name: 'deliver',
        delivery: { consumer: 'ct', tag: 1, redelivered: true, exchange: '', key: 'payments' },
      },
    ],
    [7, { name: 'properties', id: 'm-1', headers: { attempts: 3 }, persistent: true }],
    [7, { name: 'ack', tag: 1, multiple: false }],
  ];

  it('of ours may come between two of theirs, and nowhere else', () => {
    const reader = new FrameReader(() => undefined);
    expect(reader.isBetween).toBe(true);
    reader.push(body.subarray(0, 9));
    expect(reader.isBetween).toBe(false);
    reader.push(body.subarray(9));
    expect(reader.isBetween).toBe(true);
    const cancelled = [7, { name: 'cancel', consumer: 'ct' }];
    expect(eventsIn([body, cancelFrame(7, 'ct'), body])).toEqual([cancelled]);
  });

  it('are read however the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length })), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((end, n) => stream.subarray(at[n], end));
        expect(eventsIn(chunks)).toEqual(expected);
      }),
    );
  });

  it('that are no AMQP are refused', () => {
    const reader = new FrameReader(() => undefined);
    const tooShort = frame(1, short(60), short(60), text('ct'));
    expect(() => reader.push(tooShort)).toThrow(RangeError);
  });
});

describe('a tapped channel', () => {
  function tapped(consume: { noAck: boolean }) {
    const recorder = new Recorder(0);
    const record = new TapRecord(recorder, { deliveries: 0, publications: 0 });
    const channel = new TappedChannel({ tap: 0, connection: 0, channel: 1 }, record);
    channel.fromProgram({ name: 'consume', queue: 'q', consumer: '', ...consume });
    channel.fromBroker({ name: 'consume-ok', consumer: 'ct' });
    const give = (tag: number): void => {
      const delivery = { consumer: 'ct', tag, redelivered: false, exchange: '', key: 'q' };
      channel.fromBroker({ name: 'deliver', delivery });
      channel.fromBroker({ name: 'properties', id: `m-${tag}`, headers: {}, persistent: true });
    };
    return { channel, record, give };
  }

  const said = (record: TapRecord): string[] =>
    record.settlements.map(({ id, how }) => `${how} ${id ?? '?'}`);

  it('knows what is held and what is settled', () => {
    const { channel, record, give } = tapped({ noAck: false });
    [1, 2, 3, 4].forEach(give);
    channel.fromProgram({ name: 'nack', tag: 2, multiple: false, requeue: true });
    channel.fromProgram({ name: 'ack', tag: 3, multiple: true });
    expect(said(record)).toEqual(['requeue m-2', 'ack m-1', 'ack m-3']);
    expect(channel.unacked.map(({ id }) => id)).toEqual(['m-4']);
    expect(channel.consumed).toEqual(['q']);
  });

  it('tells of a tag that is settled twice, and not of what comes after the broker closed', () => {
    const { channel, record, give } = tapped({ noAck: false });
    [1, 2].forEach(give);
    channel.fromProgram({ name: 'ack', tag: 1, multiple: false });
    channel.fromProgram({ name: 'ack', tag: 1, multiple: false });
    channel.fromBroker({ name: 'channel-close', code: 406, text: 'unknown delivery tag 1' });
    channel.fromProgram({ name: 'ack', tag: 2, multiple: false });
    expect(said(record)).toEqual(['ack m-1', 'ack ?']);
    expect(channel.unacked).toEqual([]);
  });

  it('counts a delivery without acknowledgement as done when it is sent', () => {
    const { channel, record, give } = tapped({ noAck: true });
    give(1);
    expect(record.deliveries[0]?.autoAck).toBe(true);
    expect(said(record)).toEqual(['ack m-1']);
    expect(channel.unacked).toEqual([]);
  });

  it('says of what it settles in a transaction that it counts with the commit', () => {
    const { channel, record, give } = tapped({ noAck: false });
    give(1);
    channel.fromProgram({ name: 'tx-select' });
    channel.fromProgram({ name: 'ack', tag: 1, multiple: false });
    expect(record.settlements[0]).toMatchObject({ id: 'm-1', how: 'ack', transacted: true });
  });

  it('has nothing to settle with tag 0 where nothing is held', () => {
    const { channel, record } = tapped({ noAck: false });
    channel.fromProgram({ name: 'ack', tag: 0, multiple: true });
    expect(record.settlements).toEqual([]);
  });

  it('joins confirms with publications, also those that stand for several', () => {
    const { channel, record } = tapped({ noAck: false });
    const confirmed: string[] = [];
    record.confirmed = ({ id, how }) => void confirmed.push(`${how} ${id}`);
    channel.fromProgram({ name: 'confirm-select' });
    for (const id of ['a', 'b', 'c']) {
      channel.fromProgram({ name: 'publish', exchange: '', key: 'q' });
      channel.fromProgram({ name: 'properties', id, headers: {}, persistent: true });
    }
    channel.fromBroker({ name: 'nack', tag: 3, multiple: false, requeue: false });
    channel.fromBroker({ name: 'ack', tag: 2, multiple: true });
    expect(confirmed).toEqual(['nack c', 'ack a', 'ack b']);
  });
});
