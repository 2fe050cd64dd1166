import { connect } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildImplementation } from '../src/lab/implementation/build.js';
import { resolveImplementation } from '../src/lab/implementation/resolve.js';
import { startProgram } from '../src/lab/implementation/start.js';
import type { Built, RunningProgram } from '../src/lab/implementation/types.js';
import { cacheHome, repository } from './support/cli.js';
import { makeFolder, type TemporaryFolder } from './support/folder.js';
import { describeWith, type Requirement } from './support/requires.js';

/** A reference that needs no database, and a request of it that takes a while. */
interface Service {
  readonly kata: string;
  readonly env: Readonly<Record<string, string>>;
  readonly route: string;
  readonly body: unknown;
}

const bank: Service = {
  kata: 'kata-2-race-on-a-balance',
  env: { PLAN_STRATEGY: 'lock', PLAN_THINK_MS: '300' },
  route: '/accounts/a%2D1/deposits',
  body: { amount: 5 },
};
const orders: Service = {
  kata: 'kata-1-ten-thousand-requests',
  env: { PLAN_STRATEGY: 'one-core', PLAN_IO_MS: '300', PLAN_CPU_US: '0' },
  route: '/orders',
  body: { id: 'o-1', amount: 5 },
};

let home: TemporaryFolder;
let abort: AbortController;
beforeAll(async () => {
  home = await makeFolder();
  vi.stubEnv('XDG_STATE_HOME', home.path);
  vi.stubEnv('XDG_CACHE_HOME', cacheHome);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});
beforeEach(() => {
  abort = new AbortController();
});
afterEach(() => abort.abort(new Error('the test is over')));

const languages: readonly (readonly [string, Requirement | undefined, Service])[] = [
  ['node', undefined, bank],
  ['go', 'go', bank],
  ['rust', 'rust', bank],
  ['java', 'java', bank],
  ['python', 'python', orders],
];

for (const [language, need, service] of languages) {
  const body = (): void => whatAKitDoes(language, service);
  if (need === undefined) describe(`the kit of ${language}`, body);
  else describeWith(need, `the kit of ${language}`, body);
}

function whatAKitDoes(language: string, { kata, env, route, body }: Service): void {
  let built: Built;
  let program: RunningProgram;
  const post = (text: string | ReadableStream, place = route): Promise<Response> =>
    fetch(`${program.url}${place}`, { method: 'POST', body: text, duplex: 'half' });

  beforeAll(async () => {
    const kataFolder = path.join(repository, 'katas', kata);
    const implementation = await resolveImplementation({ kataFolder, language, cwd: home.path });
    built = await buildImplementation(implementation, { signal: new AbortController().signal });
  }, 400_000);
  beforeEach(async () => {
    const logFile = path.join(home.path, `${language}.log`);
    const outcome = await startProgram(built, { env, logFile, signal: abort.signal });
    if (!outcome.healthy) throw new Error(outcome.reason.logTail.join('\n'));
    program = outcome.program;
  });

  it('answers in JSON, also a body in chunks; refuses what is no JSON, and other routes', async () => {
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBeGreaterThanOrEqual(200);
    expect(answer.status).toBeLessThan(300);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toBeTypeOf('object');
    const chunked = await post(new Blob([JSON.stringify(body)]).stream());
    expect(chunked.status).toBe(answer.status);
    expect((await post('{"amount": ')).status).toBe(400);
    expect((await post(`${JSON.stringify(body)} and more`)).status).toBe(400);
    expect((await post('['.repeat(100_000))).status).toBe(400);
    expect((await post(' '.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await post(JSON.stringify(body).padEnd(1024 * 1024))).ok).toBe(true);
    expect((await post('{}', '/nowhere')).status).toBe(404);
    expect((await program.stop()).kind).toBe('drained');
  });

  it('keeps a connection alive for request after request', async () => {
    const socket = connect(program.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    for (let n = 1; n <= 3; n++) {
      socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
      await vi.waitUntil(() => heard.split('HTTP/1.1 200').length === n + 1, 20_000);
    }
    socket.destroy();
  });

  it('on SIGTERM finishes what is under way and ends with 0, whoever is connected', async () => {
    const silent = connect(program.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    const underWay = post(JSON.stringify(body));
    // It thinks for 300 ms: by then it has surely been read, and is not yet answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = program.stop();
    expect((await underWay).ok).toBe(true);
    expect(await stopped).toMatchObject({ kind: 'drained', code: 0, signal: null });
    silent.destroy();
  });
}
