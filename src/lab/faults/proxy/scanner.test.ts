import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUp } from '../../../../test/support/streams.js';
import { scannerOf } from './scanner.js';

/** Few letters, so that beginnings of matches are everywhere. */
const word = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength, maxLength });

describe('a scanner', () => {
  it('finds a text exactly where it begins, however the stream is cut', () => {
    fc.assert(
      fc.property(word(1, 5), word(0, 40), fc.array(fc.nat(10)), (wanted, stream, cuts) => {
        const scanner = scannerOf(wanted);
        expect(firstMatch(scanner, cutUp(Buffer.from(stream), cuts))).toBe(stream.indexOf(wanted));
      }),
    );
  });

  it('finds an expression at the latest before its last byte, however the stream is cut', () => {
    fc.assert(
      fc.property(word(0, 40), fc.array(fc.nat(10)), (stream, cuts) => {
        const match = /ab+a/.exec(stream);
        const end = match ? match.index + match[0].length : -1;
        const at = firstMatch(scannerOf(/ab+a/), cutUp(Buffer.from(stream), cuts));
        if (!match) expect(at).toBe(-1);
        else {
          expect(at).toBeGreaterThanOrEqual(match.index);
          expect(at).toBeLessThan(end);
        }
      }),
    );
  });

  it('sees bytes that are no text', () => {
    const scanner = scannerOf(Buffer.from([0xff, 0x00]));
    expect(scanner.find(Buffer.from([1, 0xff, 0x00]))).toEqual({ at: 1, end: 3 });
    expect(scannerOf(/\xff\x00/).find(Buffer.from([1, 0xff, 0x00]))).toEqual({ at: 1, end: 3 });
  });

  it('does not find again what it was told to forget', () => {
    const scanner = scannerOf('aa');
    scanner.passed(Buffer.from('aa'));
    scanner.forget();
    expect(scanner.find(Buffer.from('ab'))).toBeUndefined();
  });

  it('takes no empty pattern', () => {
    expect(() => scannerOf('')).toThrow('empty');
  });
});

/** As a lane does it: what may be a beginning is kept and looked at with the next chunk. */
function firstMatch(scanner: ReturnType<typeof scannerOf>, chunks: readonly Buffer[]): number {
  let passed = 0;
  let kept = Buffer.alloc(0);
  for (const next of chunks) {
    const chunk = Buffer.concat([kept, next]);
    const match = scanner.find(chunk);
    if (match) return passed + match.at;
    const through = chunk.subarray(0, chunk.length - scanner.openEnd(chunk));
    kept = Buffer.from(chunk.subarray(through.length));
    passed += through.length;
    scanner.passed(through);
  }
  return -1;
}
