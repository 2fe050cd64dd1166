import { afterEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../history/recorder.js';
import { seededRandom } from '../../kata/random.js';
import type { NoteEvent } from '../../kata/history.js';
import type { PoolEndedNote, WorkerPoolOptions } from '../../kata/worker-pool.js';
import { startWorkerPool } from './worker-pool.js';

let pool: Awaited<ReturnType<typeof startWorkerPool>>;
let recorder: Recorder;
afterEach(() => pool.stop());

async function begin(options: Partial<WorkerPoolOptions> = {}): Promise<void> {
  recorder = new Recorder(0);
  pool = await startWorkerPool(
    {
      ...{ name: 'pool', services: ['a', 'b'], workers: 2, workMs: 20 },
      ...{ deadline: 'x-timeout-ms', leastLeftMs: 40, keeps: ['x-api-key'] },
      answer: ({ n, service }) => ({ n, service }),
      ...options,
    },
    { recorder, random: seededRandom(1) },
  );
}

const call = (service: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(`${pool.urlOf(service)}/one`, { headers, ...(signal && { signal }) });

const notes = <V>(f: string): V[] =>
  recorder.events
    .filter((event): event is NoteEvent => event.type === 'note' && event.f === f)
    .map(({ value }) => value as V);
const ended = () => notes<PoolEndedNote>('pool-ended').map(({ how }) => how);

describe('a pool of workers', () => {
  it('is shared by its services, and says which header came with a call', async () => {
    await begin();
    const answers = await Promise.all([call('a', { 'x-api-key': 'k' }), call('b'), call('a')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await answers[1].json()).toMatchObject({ service: 'b' });
    expect([pool.hasTaken('/one'), pool.hasTaken('/two')]).toEqual([true, false]);
    expect(notes<{ headers?: object }>('pool-call').filter(({ headers }) => headers)).toMatchObject(
      [{ headers: { 'x-api-key': 'k' }, deadline: null, path: '/one' }],
    );
    // The third began only once one of the two workers had ended.
    const order = recorder.events.flatMap((event) => (event.type === 'note' ? [event.f] : []));
    expect(order.findLastIndex((f) => f === 'pool-begun')).toBeGreaterThan(
      order.indexOf('pool-ended'),
    );
  });

  it('keeps the workers of a service that hangs until it is well again', async () => {
    await begin();
    pool.hang('a');
    const stuck = [call('a'), call('a')];
    await expect.poll(() => notes('pool-begun')).toHaveLength(2);
    const other = call('b');
    await expect.poll(() => pool.calls).toBe(3);
    expect(ended()).toEqual([]);
    pool.heal('a');
    expect((await Promise.all([...stuck, other])).map(({ status }) => status)).toEqual([
      504, 504, 200,
    ]);
  });

  it('gives back a worker whose call hangs as the time that it was given is over', async () => {
    await begin();
    pool.hang('a');
    expect((await call('a', { 'x-timeout-ms': '60' })).status).toBe(504);
    expect(ended()).toEqual(['cut-off']);
  });

  it('begins no call that has too little time left, and knows nothing of who hung up', async () => {
    await begin();
    expect((await call('a', { 'x-timeout-ms': '10' })).status).toBe(504);
    expect((await call('a', { 'x-timeout-ms': 'soon' })).status).toBe(200);
    expect(ended()).toEqual(['too-late', 'worked']);
    pool.hang('a');
    const hangUp = new AbortController();
    const gone = call('a', {}, hangUp.signal).catch(() => 'gone');
    await expect.poll(() => notes('pool-begun')).toHaveLength(2);
    hangUp.abort();
    expect(await gone).toBe('gone');
    await new Promise((resolve) => setImmediate(resolve));
    pool.heal('a');
    expect(notes<PoolEndedNote>('pool-ended').at(-1)).toMatchObject({ how: 'cut-off' });
  });

  it('has no service of another name', async () => {
    await begin();
    expect(() => pool.urlOf('c')).toThrow('no service c');
  });
});
