import { expect, it } from 'vitest';
import { decode } from './values.js';

const of = (oid: number, hex: string): unknown => decode(Buffer.from(hex, 'hex'), 1, oid);

it('writes values in binary as PostgreSQL does', () => {
  expect(of(16, '01')).toBe('t');
  expect(of(20, 'ffffffffffffffff')).toBe('-1');
  expect(of(21, '0007')).toBe('7');
  expect(of(23, '0000000a')).toBe('10');
  expect(of(25, '736b75')).toBe('sku');
  expect(of(701, '3ff8000000000000')).toBe('1.5');
  expect(of(2950, '00112233445566778899aabbccddeeff')).toBe('00112233-4455-6677-8899-aabbccddeeff');
  expect(of(3802, '017b7d')).toBe('{}');
  expect(of(1082, '00000001')).toBe('2000-01-02');
  expect(of(1114, '00000000000f4240')).toBe('2000-01-01 00:00:01.000');
  // 12345.678, -0.0001, 10000
  expect(of(1700, '0003000100000003000109291a7c')).toBe('12345.678');
  expect(of(1700, '0001ffff400000040001')).toBe('-0.0001');
  expect(of(1700, '00010001000000000001')).toBe('10000');
});

it('shows by its bytes what it does not know, or what is not as it should be', () => {
  expect(of(0, 'dead')).toBe('\\xdead');
  expect(of(23, '01')).toBe('\\x01');
  expect(of(1082, '7fffffff')).toBe('\\x7fffffff');
  expect(of(1700, '00')).toBe('\\x00');
  expect(of(17, 'ff'.repeat(40))).toBe(`\\x${'ff'.repeat(32)}…`);
});

it('takes text as it is, and NULL for nothing', () => {
  expect(decode(Buffer.from('sku-1'), 0, 23)).toBe('sku-1');
  expect(decode(undefined, 1, 23)).toBeNull();
  expect(decode(Buffer.from('é'.repeat(300)), 0, 25)).toHaveLength(201);
});
