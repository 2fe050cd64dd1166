import { afterEach, beforeEach, expect, it } from 'vitest';
import { Recorder } from '../../history/recorder.js';
import { History } from '../../kata/history.js';
import type { Upstream } from '../../kata/lab.js';
import { startUpstream } from '../stage/upstream.js';
import { checkProgram } from './program.js';

let recorder: Recorder;
let upstream: Upstream;

beforeEach(async () => {
  recorder = new Recorder(0);
  upstream = await startUpstream(() => ({ status: 201 }), recorder);
});
afterEach(() => upstream.stop());

it('a call within the limit is answered by the experiment and breaks nothing', async () => {
  expect(await call(1_048_576)).toBe(201);
  expect(upstream.calls).toHaveLength(1);
  expect(broken()).toEqual([]);
});

it('a larger call gets 413, reaches no experiment, and the verdict tells it', async () => {
  expect(await call(1_048_577)).toBe(413);
  expect(await call(2_000_000)).toBe(413);
  expect(upstream.calls).toEqual([]);
  const [one, ...others] = broken();
  expect(others).toEqual([]);
  expect(one?.invariant).toBe('bounds-its-calls');
  expect(one?.witness?.lines).toEqual([1]);
  expect(one?.witness?.story.en).toMatch(/^2 calls were larger and got 413, first POST \/confirm /);
  expect(one?.witness?.story.es).toMatch(/^2 llamadas eran mayores y recibieron 413, la prim/);
});

async function call(length: number): Promise<number> {
  const body = 'x'.repeat(length);
  const signal = AbortSignal.timeout(10_000);
  return (await fetch(`${upstream.url}/confirm`, { method: 'POST', body, signal })).status;
}

function broken() {
  return checkProgram(new History(recorder.events, 1)).filter(({ holds }) => !holds);
}
