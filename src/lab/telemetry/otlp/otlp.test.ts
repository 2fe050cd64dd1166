import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadExport } from './bad-export.js';
import { readJson } from './json.js';
import { most } from './limits.js';
import { readProtobuf } from './protobuf.js';
import { exportRequest } from './schema.js';
import { spanOf, type WireExport } from './span.js';
import { wholeExport } from './whole-export.js';

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const spansIn = (exported: readonly WireExport[]) =>
  exported.flatMap(({ service, spans }) => spans.map((span) => spanOf(service, span)));
const oneSpan = (span: object) => ({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });

/** The same in protobuf: it has bytes where OTLP's JSON has hexadecimal digits. */
function inProtobuf(value: unknown): Uint8Array {
  const withBytes: unknown = JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) ? Buffer.from(String(one), 'hex') : one,
  );
  const asBytes = JSON.parse(JSON.stringify(withBytes), (_, one: unknown) =>
    isBuffer(one) ? Buffer.from(one.data) : one,
  ) as object;
  return exportRequest.encode(exportRequest.fromObject(asBytes)).finish();
}

function isBuffer(one: unknown): one is { data: number[] } {
  return typeof one === 'object' && one !== null && 'type' in one && one.type === 'Buffer';
}

describe('an export', () => {
  it('reads all that a span can say', () => {
    expect(spansIn(readJson(json(wholeExport)))).toEqual([
      {
        service: 'api',
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        parentId: 'eee19b7ec3c1b173',
        name: 'POST /orders',
        kind: 'server',
        startUs: 1_544_712_660_000_000.25,
        endUs: 1_544_712_661_000_000,
        status: 'error',
        message: 'out of stock',
        flags: 769,
        attributes: {
          'http.route': '/orders',
          'http.response.status_code': 202,
          large: '9223372036854775807',
          negative: -3,
          share: 0.5,
          cached: false,
          empty: '',
          nothing: null,
          list: ['a', true],
          map: { in: 1 },
          bytes: 'AQI=',
        },
        links: [{ traceId: '5b8efff798038103d269b633813fc60d', spanId: 'eee19b7ec3c1b175' }],
        events: [
          {
            name: 'exception',
            atUs: 1_544_712_660_500_000,
            attributes: { 'exception.type': 'Error' },
          },
        ],
      },
    ]);
  });

  it('says the same in protobuf', () => {
    expect(spansIn(readProtobuf(inProtobuf(wholeExport)))).toEqual(
      spansIn(readJson(json(wholeExport))),
    );
  });

  it.each([
    ['bad-trace-id', { traceId: '0'.repeat(32), spanId: '1'.repeat(16) }],
    ['bad-trace-id', { traceId: 'xyz', spanId: '1'.repeat(16) }],
    ['bad-span-id', { traceId: '1'.repeat(32), spanId: '' }],
    ['bad-parent-id', { traceId: '1'.repeat(32), spanId: '1'.repeat(16), parentSpanId: '12' }],
  ])('has no span where it says %s', (fault, span) => {
    expect(spansIn(readJson(json(oneSpan(span))))).toEqual([fault]);
  });

  it('takes a parent of zeros for none', () => {
    const span = { traceId: '1'.repeat(32), spanId: '1'.repeat(16), parentSpanId: '0'.repeat(16) };
    expect(spansIn(readJson(json(oneSpan(span))))[0]).not.toHaveProperty('parentId');
  });

  it.each([
    ['[]', 'the body is no object'],
    ['{"resourceSpans":{}}', 'resourceSpans of the body is no list'],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7}]}]}]}', 'is no text'],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SERVER?"}]}]}]}', 'is no integer'],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"soon"}]}]}]}', '64 bits'],
    ['{"resourceSpans"', 'no JSON'],
  ])('is refused as a whole: %s', (text, why) => {
    expect(() => readJson(Buffer.from(text))).toThrow(BadExport);
    expect(() => readJson(Buffer.from(text))).toThrow(why);
  });

  it('is read or refused, whatever the bytes', () => {
    const whole = inProtobuf(wholeExport);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.nat(whole.length).map((length) => whole.slice(0, length)),
          fc
            .tuple(fc.nat(whole.length - 1), fc.nat(255))
            .map(([at, byte]) => whole.map((one, n) => (n === at ? byte : one))),
        ),
        (bytes) => {
          for (const read of [readProtobuf, readJson])
            try {
              for (const span of spansIn(read(bytes))) JSON.stringify(span);
            } catch (error) {
              expect(error).toBeInstanceOf(BadExport);
            }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not unfolded without end', () => {
    let value: object = { stringValue: 'in the middle' };
    for (let depth = 0; depth < 30; depth += 1) value = { arrayValue: { values: [value] } };
    const span = {
      ...{ traceId: '1'.repeat(32), spanId: '1'.repeat(16) },
      attributes: [{ key: 'deep', value }],
      links: Array.from({ length: 500 }, () => ({
        traceId: '1'.repeat(32),
        spanId: '1'.repeat(16),
      })),
    };
    for (const exported of [
      readJson(json(oneSpan(span))),
      readProtobuf(inProtobuf(oneSpan(span))),
    ]) {
      const [kept] = spansIn(exported);
      expect(JSON.stringify(kept)).not.toContain('in the middle');
      expect(kept).toMatchObject({ links: { length: 128 } });
    }
  });

  it('says the same in protobuf, whatever a span says', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), fc.string(), (spans, service) => {
        const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
        const request = { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
        expect(spansIn(readProtobuf(inProtobuf(request)))).toEqual(
          spansIn(readJson(json(request))),
        );
      }),
    );
  });

  it('has so many spans, and the others are counted', () => {
    const more = 1_000;
    const message = (tag: number, body: Uint8Array): Uint8Array =>
      Buffer.concat([[tag], varint(body.length), body].map((part) => Uint8Array.from(part)));
    const empty = Buffer.alloc(2 * (most.spans + more)).fill(Buffer.from([0x12, 0]));
    const many = { scopeSpans: [{ spans: Array.from({ length: most.spans + more }, () => ({})) }] };
    for (const exported of [
      readProtobuf(message(0x0a, message(0x12, empty))),
      readJson(json({ resourceSpans: [many] })),
    ])
      expect(exported.map(({ spans, leftOut }) => [spans.length, leftOut])).toEqual([
        [most.spans, more],
      ]);
  });

  it('keeps nothing of parts that say nothing', () => {
    expect(readProtobuf(Buffer.alloc(100_000).fill(Buffer.from([0x0a, 0])))).toEqual([]);
    expect(readJson(json({ resourceSpans: Array.from({ length: 1_000 }, () => ({})) }))).toEqual(
      [],
    );
  });

  it.each([
    ['bytes', `{"k":"${'x'.repeat(8 * 1_048_576)}"}`],
    ['objects and lists', `{"k":[${'{},'.repeat(1_000_000)}{}]}`],
  ])('has no more %s of JSON than are read at once', (what, text) => {
    expect(() => readJson(Buffer.from(text))).toThrow(`JSON has at most`);
    expect(() => readJson(Buffer.from(text))).toThrow(what);
  });

  it('is refused where a part of it is cut off', () => {
    expect(() => readProtobuf(Buffer.from([0x0a, 5, 0x12]))).toThrow(BadExport);
  });
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

const ids = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((id) => Buffer.from(id).toString('hex'));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
/** A double holds them in microseconds. */
const nanos = fc.constantFrom('0', '1544712660000000250', '1544712661000000000');
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ stringValue: fc.string({ unit: 'binary' }) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.constant({}),
  ),
}));
const attributes = fc.array(fc.record({ key: fc.string(), value: anyValue }), { maxLength: 4 });
const span = fc.record({
  ...{ traceId: ids(16), spanId: ids(8), parentSpanId: fc.oneof(ids(8), fc.constant('')) },
  ...{ name: fc.string(), kind: fc.nat(5), flags: fc.nat(), attributes },
  ...{ startTimeUnixNano: nanos, endTimeUnixNano: nanos },
  status: fc.record({ code: fc.nat(2), message: fc.string() }),
  links: fc.array(fc.record({ traceId: ids(16), spanId: ids(8) }), { maxLength: 2 }),
  events: fc.array(fc.record({ timeUnixNano: nanos, name: fc.string(), attributes }), {
    maxLength: 2,
  }),
});
