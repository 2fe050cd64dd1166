import { afterEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../history/recorder.js';
import type {
  Dependency,
  DependencyAnswerNote,
  DependencyCallNote,
  DependencyPhase,
  DependencyWatchNote,
} from '../../kata/dependency.js';
import { noted } from '../../kata/evidence/notes.js';
import { History } from '../../kata/history.js';
import { seededRandom } from '../../kata/random.js';
import { startDependency } from './dependency.js';

const name = 'quotes';
let recorder: Recorder;
let dependency: Dependency;
afterEach(() => dependency.stop());

async function begin(first: Omit<DependencyPhase, 'name'>): Promise<void> {
  recorder = new Recorder(0);
  const surroundings = {
    recorder,
    random: seededRandom(1),
    signal: new AbortController().signal,
  };
  const answer = ({ n }: { n: number }) => ({ status: 200, body: { n } });
  const options = { name, first: { name: 'first', ...first }, answer };
  dependency = await startDependency(options, surroundings);
}

const call = (path = '/a', withinMs = 10_000): Promise<Response> =>
  fetch(`${dependency.url}${path}`, { signal: AbortSignal.timeout(withinMs) });
const statuses = (count: number): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, async () => (await call()).status));
const answers = (): DependencyAnswerNote[] =>
  noted<DependencyAnswerNote>(new History(recorder.events), 'dependency-answer');

describe('a dependency', () => {
  it('answers, and takes down what came, what it said and how late it was itself', async () => {
    await begin({ latencyMs: 20 });
    expect(await (await call('/quotes/q-1')).json()).toEqual({ n: 0 });
    await dependency.stop();
    const history = new History(recorder.events);
    const [came] = noted<DependencyCallNote>(history, 'dependency-call');
    expect(came).toMatchObject({ dependency: name, n: 0, path: '/quotes/q-1', phase: 'first' });
    const [said] = noted<DependencyAnswerNote>(history, 'dependency-answer');
    expect(said).toMatchObject({ n: 0, status: 200, body: { n: 0 } });
    expect((said?.at ?? 0) - (came?.at ?? 0)).toBeGreaterThanOrEqual(18_000);
    const [watch] = noted<DependencyWatchNote>(history, 'dependency-watch');
    expect(watch).toMatchObject({ dependency: name, calls: 1 });
  });

  it('fails by chance about as often as it is told, and each n-th call exactly', async () => {
    await begin({ failing: 0.5 });
    const failed = (await statuses(200)).filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(60);
    expect(failed).toBeLessThan(140);
    dependency.become({ name: 'seldom', failsEach: 10 });
    expect((await statuses(40)).filter((status) => status === 503)).toHaveLength(4);
  });

  it('answers in turn as late as it is told', async () => {
    await begin({ latencyMs: [80, 0] });
    const slow = call();
    const quick = call();
    expect(await Promise.race([slow.then(() => 'slow'), quick.then(() => 'quick')])).toBe('quick');
    await slow;
  });

  it('sends the head of an answer at once and the rest when it is due', async () => {
    await begin({ latencyMs: 10_000, headFirst: true });
    const client = new AbortController();
    const response = await fetch(dependency.url, { signal: client.signal });
    expect(response.status).toBe(200);
    expect(answers()).toEqual([]);
    client.abort();
    await expect(response.text()).rejects.toThrow();
    await expect.poll(() => answers().map(({ status }) => status)).toEqual(['gone']);
    dependency.become({ name: 'soon', latencyMs: 20, headFirst: true });
    expect(await (await call()).json()).toEqual({ n: 1 });
  });

  it('lets a byte come now and then, until the answer is due or nobody reads on', async () => {
    await begin({ latencyMs: 10_000, headFirst: true, trickleMs: 5 });
    const client = new AbortController();
    const { body } = await fetch(dependency.url, { signal: client.signal });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let n = 0; n < 3; n += 1) expect((await reader?.read())?.value).toMatch(/^ +$/);
    client.abort();
    await expect.poll(() => answers().map(({ status }) => status)).toEqual(['gone']);
    dependency.become({ name: 'soon', latencyMs: 40, headFirst: true, trickleMs: 5 });
    expect(await (await call()).json()).toEqual({ n: 1 });
  });

  it('works on so many at once, lets so many wait, and refuses the rest', async () => {
    await begin({ latencyMs: 60, atOnce: 2, queue: 3 });
    const came = await statuses(8);
    expect(came.filter((status) => status === 503)).toHaveLength(3);
    expect(came.filter((status) => status === 200)).toHaveLength(5);
  });

  it('gives the place of whoever hangs up to the next', async () => {
    await begin({ latencyMs: 10_000, atOnce: 1 });
    await expect(call('/a', 50)).rejects.toThrow();
    await expect.poll(() => answers().map(({ status }) => status)).toEqual(['gone']);
    dependency.become({ name: 'quick', atOnce: 1 });
    expect((await call()).status).toBe(200);
  });

  it('hangs, breaks connections and recovers, one phase after the other', async () => {
    await begin({ hangs: true });
    await expect(call('/a', 50)).rejects.toThrow();
    await dependency.follow([
      { name: 'down', refuses: true, lastsMs: 1 },
      { name: 'away', refuses: true, lastsMs: 1 },
    ]);
    await expect(call()).rejects.toThrow();
    dependency.become({ name: 'well' });
    expect((await call()).status).toBe(200);
    expect(answers().map(({ status }) => status)).toEqual(['gone', 'refused', 200]);
  });
});
