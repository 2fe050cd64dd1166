import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEngine } from './engine.js';

let folder: string;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plan-engine-'));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await rm(folder, { recursive: true });
});

/** An engine that answers /_ping with this status, or takes the question and never answers. */
async function engine(status: number | 'silent', where: string | number): Promise<Server> {
  const server = createServer(({ url }, response) => {
    if (status !== 'silent') response.writeHead(url === '/_ping' ? status : 404).end('OK');
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(where, '127.0.0.1', resolve);
  });
  return server;
}

/** As `docker context create` writes it down. */
async function context(name: string, host: string): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  const place = path.join(folder, 'contexts', 'meta', id);
  await mkdir(place, { recursive: true });
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } };
  await writeFile(path.join(place, 'meta.json'), JSON.stringify(meta));
}

const socket = (): string => path.join(folder, 'docker.sock');

describe('findEngine', () => {
  it('asks the socket that DOCKER_HOST names', async () => {
    await engine(200, socket());
    const host = `unix://${socket()}`;
    expect(await findEngine({ DOCKER_HOST: host })).toBe(host);
  });

  it('asks 127.0.0.1 where DOCKER_HOST names a port', async () => {
    const server = await engine(200, 0);
    const { port } = server.address() as { port: number };
    const host = `tcp://127.0.0.1:${port}`;
    expect(await findEngine({ DOCKER_HOST: host })).toBe(host);
  });

  it('finds the socket of a rootless engine', async () => {
    await engine(200, socket());
    const found = await findEngine({ XDG_RUNTIME_DIR: folder });
    // A machine with an engine of its own answers first.
    expect([`unix://${socket()}`, 'unix:///var/run/docker.sock']).toContain(found);
  });

  it('asks the engine of the context that is in use, or that DOCKER_CONTEXT names', async () => {
    await engine(200, socket());
    const host = `unix://${socket()}`;
    await context('mine', host);
    await context('gone', `unix://${socket()}.none`);
    const env = { HOME: folder, DOCKER_CONFIG: folder };
    expect(await findEngine({ ...env, DOCKER_CONTEXT: 'mine' })).toBe(host);
    expect(await findEngine({ ...env, DOCKER_CONTEXT: 'gone' })).toBeUndefined();
    expect(await findEngine({ ...env, DOCKER_CONTEXT: 'never made' })).toBeUndefined();
    await writeFile(path.join(folder, 'config.json'), '{"currentContext": "mine"}');
    expect(await findEngine(env)).toBe(host);
  });

  it.each([
    ['OrbStack', '.orbstack/run/docker.sock'],
    ['Colima', '.colima/default/docker.sock'],
    ['Rancher Desktop', '.rd/docker.sock'],
    ['Podman', '.local/share/containers/podman/machine/podman.sock'],
  ])('finds %s', async (_, where) => {
    const place = path.join(folder, where);
    await mkdir(path.dirname(place), { recursive: true });
    await engine(200, place);
    // A machine with an engine of its own answers first.
    const found = await findEngine({ HOME: folder, XDG_RUNTIME_DIR: folder });
    expect([`unix://${place}`, 'unix:///var/run/docker.sock']).toContain(found);
  });

  it.each([
    ['there is no socket', undefined],
    ['the engine never answers', 'silent'],
    ['something else answers', 503],
  ] as const)('finds none where %s', async (_, status) => {
    if (status !== undefined) await engine(status, socket());
    expect(await findEngine({ DOCKER_HOST: `unix://${socket()}` })).toBeUndefined();
  });

  it('does not count an engine of another machine, or what is no address', async () => {
    expect(await findEngine({ DOCKER_HOST: 'tcp://192.0.2.1:2375' })).toBeUndefined();
    expect(await findEngine({ DOCKER_HOST: 'ssh://someone@192.0.2.1' })).toBeUndefined();
    expect(await findEngine({ DOCKER_HOST: 'nonsense' })).toBeUndefined();
  });
});
