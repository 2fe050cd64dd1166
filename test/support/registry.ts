import { execa } from 'execa';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** A registry on 127.0.0.1, which Docker engines trust without TLS, with one image of 3 MB. */
export interface Registry {
  /** Can be pulled; there is no program in it. */
  readonly image: string;
  /** Its download never ends. */
  readonly endless: string;
  /** The registry does not know it. */
  readonly unknown: string;
  /** Settles when somebody asks for the layer of the endless image. */
  readonly endlessAsked: Promise<void>;
  close(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  // The endless one has a layer of its own: an engine does not fetch what it has.
  const images = { image: await makeImage(), endless: await makeImage() };
  let asked: () => void;
  const endlessAsked = new Promise<void>((resolve) => (asked = resolve));
  const server = createServer(({ url = '' }, response) => {
    const [, name = '', kind, id = ''] = /^\/v2\/(\w+)\/(manifests|blobs)\/(.+)$/.exec(url) ?? [];
    const image = name === 'image' || name === 'endless' ? images[name] : undefined;
    const body = kind === 'manifests' ? image?.manifest : image?.blobs.get(id);
    if (url === '/v2/') response.end('{}');
    else if (body === undefined) notFound(response);
    else if (kind === 'manifests') send(response, body, manifestType);
    else if (name === 'image' || body.length < 10_000) send(response, body, blobType);
    else {
      response.writeHead(200, { 'Content-Type': blobType, 'Content-Length': body.length });
      response.write(body.subarray(0, 10_000));
      asked();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    image: `${host}/image:1`,
    endless: `${host}/endless:1`,
    unknown: `${host}/unknown:1`,
    endlessAsked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const blobType = 'application/octet-stream';

function send(response: ServerResponse, body: Buffer, type: string): void {
  const headers = { 'Content-Length': body.length, 'Docker-Content-Digest': digest(body) };
  response.writeHead(200, { ...headers, 'Content-Type': type }).end(body);
}

function notFound(response: ServerResponse): void {
  const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }];
  response.writeHead(404, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errors }));
}

/** Image manifest version 2, schema 2. */
async function makeImage(): Promise<{ blobs: Map<string, Buffer>; manifest: Buffer }> {
  const tar = await makeTar();
  const layer = gzipSync(tar, { level: 1 });
  const config = json({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [digest(tar)] },
  });
  const described = (blob: Buffer, mediaType: string): object => ({
    mediaType,
    size: blob.length,
    digest: digest(blob),
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: manifestType,
    config: described(config, 'application/vnd.docker.container.image.v1+json'),
    layers: [described(layer, 'application/vnd.docker.image.rootfs.diff.tar.gzip')],
  });
  return { blobs: new Map([layer, config].map((blob) => [digest(blob), blob])), manifest };
}

async function makeTar(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-registry-'));
  try {
    await writeFile(path.join(folder, 'noise'), randomBytes(3_000_000));
    await execa('tar', ['-C', folder, '-cf', path.join(folder, 'layer.tar'), 'noise']);
    return await readFile(path.join(folder, 'layer.tar'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function digest(blob: Buffer): string {
  return `sha256:${createHash('sha256').update(blob).digest('hex')}`;
}
