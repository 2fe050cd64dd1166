import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../../test/support/processes.js';
import { endAll, open, proxied } from '../../../../test/support/proxied.js';
import { cutUp } from '../../../../test/support/streams.js';
import type { Proxy } from '../../../kata/faults.js';

afterEach(endAll);

describe('a proxy, whatever the chunks', () => {
  it('hands on every byte in order, whatever happens that does not cut', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200_000, size: 'max' }),
        fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 12 }),
        fc.array(fc.constantFrom(...gentle), { maxLength: 12 }),
        async (bytes, sizes, faults) => {
          const { proxy, echo, stop } = await proxied((socket) => void socket.pipe(socket));
          const client = open(proxy);
          const chunks = cutUp(Buffer.from(bytes), sizes);
          for (let n = 0; n < Math.max(chunks.length, faults.length); n += 1) {
            faults[n]?.(proxy);
            const chunk = chunks[n];
            if (chunk) client.socket.write(chunk);
            await new Promise(setImmediate);
          }
          proxy.heal();
          client.socket.end();
          expect(await client.ended).toBe('fin');
          expect(Buffer.compare(client.received(), Buffer.from(bytes))).toBe(0);
          expect(echo.sockets).toHaveLength(1);
          await stop();
        },
      ),
      { numRuns: 25 },
    ),
  );

  it('finds what it is to hold at any split, and holds it before its first byte', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(fc.nat(20), { maxLength: 6 }),
        fc.integer({ min: 0, max: 2 }),
        async (before, sizes, skip) => {
          const { proxy, seen, stop } = await proxied(() => undefined);
          const hold = proxy.hold('to-server', { pattern: 'COMMIT', skip });
          const client = open(proxy);
          const head = `${'COM'.repeat(before)}${'COMMIT;'.repeat(skip)}insert;`;
          for (const chunk of cutUp(Buffer.from(`${head}COMMIT;select;`), sizes)) {
            client.socket.write(chunk);
            await new Promise(setImmediate);
          }
          expect(await hold.reached()).toBe(true);
          await until('all before it has come', () => seen() === head);
          hold.release();
          await until('all has come', () => seen() === `${head}COMMIT;select;`);
          await stop();
        },
      ),
      { numRuns: 30 },
    ));
});

/** Faults that lose nothing. */
const gentle: readonly ((proxy: Proxy) => void)[] = [
  (proxy) => proxy.delay({ ms: 3, jitterMs: 3 }),
  (proxy) => proxy.limit({ bytesPerSecond: 5_000_000 }),
  (proxy) => proxy.blackHole(),
  (proxy) => proxy.heal(),
  (proxy) => void proxy.hold('to-server'),
  (proxy) => void proxy.hold('to-client', { pattern: Buffer.from([7, 7]), skip: 1 }),
  (proxy) => void proxy.hold('to-server', { pattern: /[\x10-\x20]\xff?/ }),
  (proxy) => proxy.hold('to-client').release(),
];
