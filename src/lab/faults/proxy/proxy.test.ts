import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../../test/support/processes.js';
import { conditionsOf, endAll, open, proxied, toEnd } from '../../../../test/support/proxied.js';
import { tcpClient } from '../../../../test/support/streams.js';
import { Recorder } from '../../../history/recorder.js';
import { startProxy } from './proxy.js';
import { targetOf } from './target.js';

afterEach(endAll);

describe('a proxy', () => {
  it('keeps nothing back for long that only looks like the beginning', async () => {
    const { proxy, seen } = await proxied(() => undefined);
    proxy.hold('to-server', { pattern: 'COMMIT' });
    open(proxy).socket.write('select COM');
    await until('it has passed', () => seen() === 'select COM');
  });

  it('holds a match whose beginning has passed long before', async () => {
    const { proxy, seen } = await proxied(() => undefined);
    const hold = proxy.hold('to-server', { pattern: 'COMMIT' });
    const { socket } = open(proxy);
    socket.write('COM');
    await until('the beginning has passed', () => seen() === 'COM');
    socket.write('MIT;');
    expect(await hold.reached()).toBe(true);
    expect(seen()).toBe('COM');
  });

  it('never delivers what was held when it is cut', async () => {
    const { proxy, seen, echo } = await proxied(() => undefined);
    const other = open(proxy);
    const hold = proxy.hold('to-server', { pattern: /COM+IT/i });
    const client = open(proxy);
    client.socket.write('begin;commit;');
    expect(await hold.reached()).toBe(true);
    expect(hold.held).toBe(1);
    // A reset throws away what the server has not read yet.
    await until('what came before passes', () => seen() === 'begin;');
    hold.cut('rst');
    expect(await client.ended).toBe('ECONNRESET');
    other.socket.write('select;COMMIT;');
    await until('others pass', () => seen() === 'begin;select;COMMIT;');
    await until('the server saw the end', () => echo.sockets.some(({ destroyed }) => destroyed));
    expect(hold.held).toBe(0);
    expect(proxy.connections).toBe(1);
  });

  it('is part of a larger fault, without one of its own', async () => {
    const { proxy, seen, notes } = await proxied(() => undefined);
    const first = open(proxy);
    first.socket.write('a');
    await until('it has passed', () => seen() === 'a');
    const end = proxy.isolate();
    expect(await first.ended).toBe('ECONNRESET');
    open(proxy).socket.write('b');
    await until('the second is there', () => proxy.connections === 1);
    expect(seen()).toBe('a');
    end();
    await until('what waited goes on', () => seen() === 'ab');
    expect(notes('fault')).toEqual([]);
  });

  it('holds an answer that the client then never sees', async () => {
    const { proxy, seen } = await proxied(
      (socket) => void socket.on('data', () => socket.write('201')),
    );
    const hold = proxy.hold('to-client');
    const client = open(proxy);
    client.socket.write('pay');
    expect(await hold.reached()).toBe(true);
    expect(seen()).toBe('pay');
    hold.cut('fin');
    expect(await client.ended).toBe('fin');
    expect(client.received()).toHaveLength(0);
  });

  it('holds so many connections only', async () => {
    const { proxy, seen } = await proxied(() => undefined);
    const hold = proxy.hold('to-server', { pattern: 'x', first: 1 });
    open(proxy).socket.write('x1');
    expect(await hold.reached()).toBe(true);
    open(proxy).socket.write('x2');
    await until('the second passes', () => seen() === 'x2');
  });

  it('says where nothing came to be held', async () => {
    const { proxy, notes } = await proxied(() => undefined);
    expect(await proxy.hold('to-server').reached(20)).toBe(false);
    expect(notes('awaited-in-vain')).toHaveLength(1);
  });

  it('cuts with FIN: both ends see an end in order', async () => {
    const { proxy, echo } = await proxied((socket) => void socket.pipe(socket));
    const client = open(proxy);
    client.socket.write('hello');
    await until('an answer', () => client.received().toString() === 'hello');
    const server = echo.sockets[0] as Socket;
    const serverEnd = new Promise<string>((resolve) => {
      server.once('end', () => resolve('fin'));
      server.once('error', ({ message }) => resolve(message));
    });
    proxy.cut('fin');
    expect(await client.ended).toBe('fin');
    expect(await serverEnd).toBe('fin');
    expect(proxy.connections).toBe(0);
    const next = open(proxy);
    next.socket.write('again');
    await until('new ones pass', () => next.received().toString() === 'again');
  });

  it('cuts with RST: both ends see ECONNRESET', async () => {
    const { proxy, echo } = await proxied((socket) => void socket.pipe(socket));
    const client = open(proxy);
    client.socket.write('hello');
    await until('an answer', () => client.received().toString() === 'hello');
    const reset = new Promise((resolve) => echo.sockets[0]?.once('error', resolve));
    proxy.cut('rst');
    expect(await client.ended).toBe('ECONNRESET');
    expect(await reset).toMatchObject({ code: 'ECONNRESET' });
  });

  it('hands on a reset of either end', async () => {
    const { proxy, echo } = await proxied((socket) => void socket.write('hello'));
    const first = open(proxy);
    await until('connected', () => first.received().length > 0);
    echo.sockets[0]?.resetAndDestroy();
    expect(await first.ended).toBe('ECONNRESET');
    const second = open(proxy);
    await until('connected', () => second.received().length > 0);
    const reset = new Promise((resolve) => echo.sockets[1]?.once('error', resolve));
    second.socket.resetAndDestroy();
    expect(await reset).toMatchObject({ code: 'ECONNRESET' });
    await until('forgotten', () => proxy.connections === 0);
  });

  it('resets a client whose server is not there', async () => {
    const { proxy, echo } = await proxied(() => undefined);
    await echo.stop();
    expect(await open(proxy).ended).toBe('ECONNRESET');
  });

  it('keeps a half-closed connection open the other way', async () => {
    const { proxy } = await proxied((socket) => {
      socket.on('end', () => socket.end('an answer after the end'));
      socket.resume();
    });
    const client = open(proxy);
    client.socket.end('all that I say');
    expect(await client.ended).toBe('fin');
    expect(client.received().toString()).toBe('an answer after the end');
  });

  it('lets nothing through a black hole, neither bytes nor ends, and loses nothing', async () => {
    const { proxy, seen, echo } = await proxied((socket) => void socket.pipe(socket));
    const early = open(proxy);
    early.socket.write('a');
    await until('an answer', () => early.received().toString() === 'a');
    proxy.blackHole();
    early.socket.end('b');
    const late = open(proxy);
    late.socket.write('c');
    await new Promise<void>((resolve) => late.socket.once('connect', resolve));
    // What did go through would be there before this one, which goes the same way.
    const beside = await startProxy(targetOf('beside', echo.url), conditionsOf(new Recorder(0)));
    toEnd.push(() => beside.stop());
    const witness = tcpClient(beside.url);
    witness.socket.write('w');
    await until('the way is open', () => witness.received().toString() === 'w');
    expect(seen()).toBe('aw');
    expect(early.socket.destroyed).toBe(false);
    proxy.heal();
    expect(await early.ended).toBe('fin');
    expect(early.received().toString()).toBe('ab');
    await until('the late one too', () => late.received().toString() === 'c');
    witness.socket.destroy();
  });

  it('delays by what it was told, also with jitter, and keeps the order', async () => {
    const { proxy } = await proxied((socket) => void socket.pipe(socket));
    proxy.delay({ ms: 30, jitterMs: 20, direction: 'to-server' });
    const client = open(proxy);
    const began = performance.now();
    for (const digit of '0123456789') {
      client.socket.write(digit);
      await new Promise(setImmediate);
    }
    await until('all is back', () => client.received().toString() === '0123456789');
    // Only what must not be less: a busy machine may be late, never early.
    expect(performance.now() - began).toBeGreaterThanOrEqual(10);
  });

  it('lets no more through than its bandwidth', async () => {
    const { proxy } = await proxied((socket) => void socket.pipe(socket));
    proxy.limit({ bytesPerSecond: 100_000, direction: 'to-client' });
    const client = open(proxy);
    const began = performance.now();
    client.socket.write(Buffer.alloc(20_000, 1));
    await until('all is back', () => client.received().length === 20_000);
    expect(performance.now() - began).toBeGreaterThanOrEqual(190);
  });

  it('reads no faster than the other end does', { timeout: 30_000 }, async () => {
    const { proxy } = await proxied((socket) => void socket.pause());
    const { socket } = open(proxy);
    // What the kernel and the proxy hold is a few megabytes; a proxy that kept all would take 64.
    while (socket.write(Buffer.alloc(256 * 1024)));
    let drained = 0;
    socket.on('drain', () => {
      drained += 1;
      socket.write(Buffer.alloc(1024 * 1024));
    });
    // Nobody reads: the time comes when nothing moves any more.
    for (let before = -1, quiet = 0; quiet < 20 && drained < 64; before = drained) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      quiet = drained === before ? quiet + 1 : 0;
    }
    expect(drained).toBeLessThan(64);
  });

  it('writes every fault into the history, with how it ended', async () => {
    const { proxy, notes } = await proxied(() => undefined);
    proxy.delay({ ms: 1 });
    proxy.hold('to-client', { pattern: /x/ }).release();
    proxy.blackHole();
    proxy.heal();
    proxy.cut('rst');
    expect(notes('fault').map(({ n, kind, target }) => [n, kind, target])).toEqual([
      [0, 'delay', 'echo'],
      [1, 'delay', 'echo'],
      [2, 'hold', 'echo'],
      [3, 'black-hole', 'echo'],
      [4, 'cut', 'echo'],
    ]);
    expect(notes('fault-ended')).toEqual([
      { n: 2, how: 'released' },
      { n: 0, how: 'healed' },
      { n: 1, how: 'healed' },
      { n: 3, how: 'healed' },
    ]);
  });
});
