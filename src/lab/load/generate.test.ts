import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../kata/history.js';
import { seededRandom } from '../../kata/random.js';
import { constantWorkload } from './constant-workload.js';
import { generate, hostOf } from './generate.js';
import { okAnswer, startScripted, type ScriptedServer } from './scripted-server.js';
import type { LoadPlan, LoadResult, Mode, OpenMode, Workload } from './types.js';

let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(script: Parameters<typeof startScripted>[0]): Promise<ScriptedServer> {
  server = await startScripted(script);
  return server;
}

async function load(url: string, mode: Mode, plan: Partial<LoadPlan> = {}): Promise<LoadResult> {
  return generate({
    urls: [url],
    mode,
    workload: constantWorkload(hostOf(url), { method: 'GET', path: '/' }),
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...plan,
  });
}

/** Problems in the order in which they came. */
function noting(url: string, problems: Problem[]): Workload {
  const constant = constantWorkload(hostOf(url), { method: 'GET', path: '/' });
  return { ...constant, broke: (_, problem) => problems.push(problem) };
}

const open: Omit<OpenMode, 'stop'> = {
  kind: 'open',
  rate: 1000,
  arrivals: 'poisson',
  random: seededRandom(1),
  users: 2,
  maxUsers: 2,
};

describe('burst', () => {
  it('has every request in flight at once, each on its own connection', async () => {
    const waiting: (() => void)[] = [];
    const { url, heard } = await serve((socket) => {
      waiting.push(() => socket.write(okAnswer));
      // Answers come only when all have been asked for: anything less would wait for ever.
      if (waiting.length === 500) waiting.forEach((answer) => answer());
    });
    const { measured, connections } = await load(url, { kind: 'burst', requests: 500 });
    expect(measured).toMatchObject({ sent: 500, answered: 500, statuses: { 200: 500 } });
    expect(new Set(heard.map(({ connection }) => connection)).size).toBe(500);
    expect(connections).toBe(500);
    expect(measured.latency).toMatchObject({ n: 500 });
  });

  it('asks once for the priming path, and does not count it', async () => {
    const { url, heard } = await serve((socket) => socket.write(okAnswer));
    const mode: Mode = { kind: 'burst', requests: 3 };
    const { measured } = await load(url, mode, { primePath: '/health' });
    expect(heard.map(({ text }) => text.split(' ')[1])).toEqual(['/health', '/', '/', '/']);
    expect(measured.sent).toBe(3);
  });

  it('of nothing is over at once', async () => {
    const { url } = await serve(() => undefined);
    const { measured } = await load(url, { kind: 'burst', requests: 0 });
    expect(measured).toMatchObject({ sent: 0, latency: null });
  });
});

describe('closed', () => {
  it('never has more under way than it has users, and keeps their connections', async () => {
    let underWay = 0;
    let most = 0;
    const { url, heard } = await serve((socket) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setImmediate(() => {
        underWay -= 1;
        socket.write(okAnswer);
      });
    });
    const mode: Mode = { kind: 'closed', concurrency: 4, stop: { requests: 100 } };
    const { measured } = await load(url, mode);
    expect(measured).toMatchObject({ sent: 100, answered: 100, reconnects: 0, bytes: 200 });
    expect(most).toBeLessThanOrEqual(4);
    expect(server?.connections).toBe(4);
    expect(heard).toHaveLength(100);
  });

  it('gives up on all that wait where nobody is answered any more', async () => {
    const { url } = await serve((socket, { n }) => n < 5 && socket.write(okAnswer));
    const mode: Mode = { kind: 'closed', concurrency: 3, stop: { requests: 50 } };
    const stall = { afterMs: 100 };
    const { measured } = await load(url, mode, { stall, endOnTimeout: true });
    expect(measured).toMatchObject({ sent: 8, answered: 5, problems: { timeout: 3 } });
  });

  it('ends when its time is over', async () => {
    const { url } = await serve((socket) => socket.write(okAnswer));
    const mode: Mode = {
      kind: 'closed',
      concurrency: 2,
      stop: { durationMs: 200 },
    };
    const begun = performance.now();
    const { measured } = await load(url, mode);
    expect(performance.now() - begun).toBeGreaterThan(200);
    expect(measured.answered).toBe(measured.sent);
    expect(measured.sent).toBeGreaterThan(0);
  });

  it('checks answers in passing', async () => {
    const { url } = await serve((socket, { text }) => {
      const id = text.slice(5, text.indexOf(' HTTP'));
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${id.length}\r\n\r\n${id}`);
    });
    const host = hostOf(url);
    const workload: Workload = {
      keep: { headers: false, body: true },
      bytes: (n) =>
        Buffer.from(`GET /${n % 10 === 3 ? 'wrong' : n} HTTP/1.1\r\nhost: ${host}\r\n\r\n`),
      answered: ({ answer, request }) => answer.body().toString() === String(request),
    };
    const mode: Mode = { kind: 'closed', concurrency: 3, stop: { requests: 50 } };
    const { measured } = await load(url, mode, { workload });
    expect(measured).toMatchObject({ answered: 50, wrong: 5 });
  });
});

describe('in turn', () => {
  it('sends one after the other, to each replica in turn', async () => {
    const first = await startScripted((socket) => socket.write(okAnswer));
    const second = await serve((socket) => socket.write(okAnswer));
    const urls = [first.url, second.url];
    const { measured } = await load(
      first.url,
      { kind: 'in-turn', users: 2, requests: 5 },
      { urls },
    );
    expect(measured.answered).toBe(5);
    expect([first.heard.length, second.heard.length]).toEqual([3, 2]);
    await first.stop();
  });
});

describe('open', () => {
  it('sends what is due, and nothing more', async () => {
    const { url } = await serve((socket) => socket.write(okAnswer));
    const { measured } = await load(url, { ...open, stop: { requests: 200 } });
    expect(measured).toMatchObject({ sent: 200, answered: 200, unsent: 0 });
  });

  it('sees a pause in full, though its users were all waiting in it', async () => {
    const pauseMs = 300;
    let paused = false;
    const { url } = await serve((socket, { n }) => {
      if (n !== 50) return void socket.write(okAnswer);
      paused = true;
      const until = performance.now() + pauseMs;
      while (performance.now() < until);
      socket.write(okAnswer);
    });
    // The generator shares the loop with this server: what it can't send is as late as it is.
    const { measured } = await load(url, {
      ...open,
      arrivals: 'constant',
      stop: { requests: 500 },
    });
    expect(paused).toBe(true);
    // Some 300 requests were due in the pause; a closed loop would have seen one or two.
    expect(measured.latency?.p50).toBeGreaterThan(10);
    expect(measured.latency?.max).toBeGreaterThanOrEqual(pauseMs);
    expect(measured.late.count).toBeGreaterThan(200);
    expect(measured.late.max).toBeGreaterThan(200);
  });

  it('says which requests waited for a user, and takes more users where it may', async () => {
    const { url } = await serve((socket) => void setTimeout(() => socket.write(okAnswer), 40));
    const few = await load(url, { ...open, rate: 200, stop: { requests: 40 } });
    expect(few.measured.late.forUser).toBeGreaterThan(20);
    expect(few.connections).toBe(2);
    const more = await load(url, { ...open, rate: 200, maxUsers: 100, stop: { requests: 40 } });
    expect(more.connections).toBeGreaterThan(2);
    expect(more.measured.answered).toBe(40);
  });

  it('begins only when it may, its connections being there', async () => {
    let isBegun = false;
    const early: boolean[] = [];
    const { url } = await serve((socket) => {
      early.push(!isBegun);
      socket.write(okAnswer);
    });
    const begins = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      isBegun = true;
    };
    const { measured } = await load(url, { ...open, stop: { requests: 20 } }, { begins });
    expect(measured.answered).toBe(20);
    expect(early).not.toContain(true);
  });

  it('counts what it never could send', async () => {
    const { url } = await serve((socket) => void setTimeout(() => socket.write(okAnswer), 100));
    const mode: Mode = { ...open, users: 1, maxUsers: 1, stop: { durationMs: 300 } };
    const { measured } = await load(url, mode, { timeoutMs: 200 });
    expect(measured.sent).toBeLessThan(10);
    expect(measured.unsent).toBeGreaterThan(200);
  });
});

describe('what goes wrong is counted', () => {
  const three: Mode = { kind: 'closed', concurrency: 1, stop: { requests: 3 } };

  it.each<[Problem['kind'], string, Parameters<typeof startScripted>[0]]>([
    ['timeout', 'no answer', () => undefined],
    ['timeout', 'half an answer', (socket) => void socket.write(okAnswer.slice(0, -1))],
    ['connection', 'closed at once', (socket) => void socket.destroy()],
    ['connection', 'half, then closed', (socket) => void socket.end(okAnswer.slice(0, -1))],
    ['connection', 'reset', (socket) => void socket.resetAndDestroy()],
    ['contract', 'no HTTP', (socket) => void socket.write('hello')],
  ])('%s: %s', async (kind, _, script) => {
    const { url } = await serve(script);
    const problems: Problem[] = [];
    const plan = { workload: noting(url, problems), timeoutMs: 60 };
    const { measured } = await load(url, three, plan);
    expect(measured).toMatchObject({ sent: 3, answered: 0, latency: null, reconnects: 2 });
    expect(measured.problems[kind]).toBe(3);
    expect(problems.map((problem) => problem.kind)).toEqual([kind, kind, kind]);
  });

  it('connection: refused', async () => {
    const { url } = await serve(() => undefined);
    await server?.stop();
    server = undefined;
    const problems: Problem[] = [];
    const { measured } = await load(url, three, { workload: noting(url, problems) });
    expect(measured.problems.connection).toBe(3);
    expect(problems[0]?.detail).toContain('ECONNREFUSED');
  });

  it('but an answer that ends with its connection is one', async () => {
    const { url } = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
    const { measured } = await load(url, three);
    expect(measured).toMatchObject({ answered: 3, bytes: 39, reconnects: 2 });
  });

  it('an answer given twice is told, and taken for no other', async () => {
    const { url } = await serve((socket) => socket.write(okAnswer + okAnswer));
    const twice: string[] = [];
    const constant = constantWorkload(hostOf(url), { method: 'GET', path: '/' });
    const workload = {
      ...constant,
      unasked: (_: unknown, bytes: Buffer) => twice.push(bytes.toString()),
    };
    const { measured } = await load(url, three, { workload });
    expect(measured).toMatchObject({ answered: 3, unasked: 3, reconnects: 2 });
    expect(twice).toEqual([okAnswer, okAnswer, okAnswer]);
  });

  it('a server that closes an idle connection with 408 has answered nothing twice', async () => {
    const { url } = await serve((socket, { n }) => {
      if (n === 1) setTimeout(() => socket.write(okAnswer), 100);
      else socket.write(okAnswer);
      // Well after the answer, and before this virtual user is needed again.
      if (n === 0) setTimeout(() => socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n'), 30);
    });
    const { measured } = await load(url, { kind: 'in-turn', users: 2, requests: 4 });
    expect(measured).toMatchObject({ answered: 4, unasked: 0, reconnects: 1 });
  });

  it('a connection that the server closes after the answer is opened again', async () => {
    const { url } = await serve((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    );
    const { measured } = await load(url, three);
    expect(measured).toMatchObject({ answered: 3, reconnects: 2 });
  });
});

describe('a load ends early', () => {
  const endless: Mode = { kind: 'closed', concurrency: 2, stop: { durationMs: 600_000 } };

  it('with the reason of its signal', async () => {
    const { url } = await serve((socket) => socket.write(okAnswer));
    const controller = new AbortController();
    const loading = load(url, endless, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(loading).rejects.toThrow('enough');
  });

  it('with what a function of the workload throws', async () => {
    const { url } = await serve((socket) => socket.write(okAnswer));
    const constant = constantWorkload(hostOf(url), { method: 'GET', path: '/' });
    const answered = (): boolean => {
      throw new Error('a defect');
    };
    await expect(load(url, endless, { workload: { ...constant, answered } })).rejects.toThrow(
      'a defect',
    );
  });
});
