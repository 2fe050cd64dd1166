import { execa } from 'execa';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, copyFile, readFile, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Nothing in it is needed to run a server; LLVM alone is half of the image. */
const leftOut = [
  'dev/*',
  'proc/*',
  'sys/*',
  'usr/share/doc/*',
  'usr/share/man/*',
  'usr/share/locale/*',
  'usr/lib/*/libLLVM*',
  'usr/lib/postgresql/*/lib/bitcode',
  'usr/lib/postgresql/*/lib/llvmjit*',
  'var/cache/*',
  'var/lib/apt/*',
  'var/lib/postgresql/*',
  'var/lib/rabbitmq/*',
  'var/lib/redis/*',
];

/** The major version of this machine's own RabbitMQ, on which all other tests run. */
export const ownRabbitMq = (): number => Number.parseInt(debianVersion('rabbitmq-server'), 10) || 3;

/**
 * Debian 13 has RabbitMQ 4.0 and Redis 8, where Debian 12 has 3.10 and 7.0: whichever the machine has,
 * the image has the other, so that the katas are always tried on two major versions. What is not released
 * yet has newer ones: `PLAN_TEST_DEBIAN=forky` runs the same tests on RabbitMQ 4.3.
 */
const release = process.env['PLAN_TEST_DEBIAN'] ?? (ownRabbitMq() >= 4 ? 'bookworm' : 'trixie');
const packages = ['postgresql', 'rabbitmq-server', 'redis-server'];

const entrypoint = path.join(import.meta.dirname, 'services-entrypoint.sh');

/**
 * The root file system of an image with PostgreSQL, RabbitMQ and Redis, from Debian's packages, as a tar
 * file in the user's cache folder: the first time takes minutes, later ones none.
 */
export async function debianImage(): Promise<string> {
  const folder = path.join(cacheHome(), 'plan-tests');
  const recipe = createHash('sha256')
    .update(await readFile(entrypoint))
    .update(leftOut.join() + packages.join())
    .digest('hex')
    .slice(0, 12);
  const file = path.join(folder, `services-${release}-${process.arch}-${recipe}.tar.gz`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(path.join(folder, 'image-'));
  try {
    await build(work, `${file}.${process.pid}`);
    await rename(`${file}.${process.pid}`, file);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
    await rm(`${file}.${process.pid}`, { force: true });
  }
  return file;
}

async function build(work: string, file: string): Promise<void> {
  const system = path.join(work, 'root');
  // What debootstrap mounts goes with its mount namespace, also where it fails.
  const bootstrap = ['--variant=minbase', `--include=${packages.join()}`, release, system];
  const source = await mirror(await osRelease());
  await execa('unshare', ['--mount', 'debootstrap', ...bootstrap, source], {
    all: true,
  });
  await copyFile(entrypoint, path.join(system, 'usr/local/bin/docker-entrypoint.sh'));
  await execa('tar', [
    '--directory',
    system,
    '--numeric-owner',
    '--use-compress-program=gzip -1',
    ...leftOut.map((pattern) => `--exclude=./${pattern}`),
    '--create',
    '--file',
    file,
    '.',
  ]);
}

/** Empty where the package is not installed, or the distribution is another one. */
function debianVersion(name: string): string {
  const words = ['--show', '--showformat=${Version}', name];
  const { status, stdout } = spawnSync('dpkg-query', words, { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

async function osRelease(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8');
  const name = /^VERSION_CODENAME=(\S+)$/m.exec(text)?.[1];
  if (name === undefined) throw new Error('/etc/os-release names no release');
  return name;
}

/** Where this machine's own apt gets the release from. */
async function mirror(release: string): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const names = (await readdir(folder)).sort().map((name) => path.join(folder, name));
  for (const file of ['/etc/apt/sources.list', ...names]) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = file.endsWith('.sources') ? fromStanzas(text, release) : fromLines(text, release);
    if (found !== undefined) return found;
  }
  throw new Error(`no source of ${release} in /etc/apt/sources.list*`);
}

/** `Types: deb`, `URIs: …`, `Suites: …` (deb822, sources.list(5)). */
function fromStanzas(text: string, release: string): string | undefined {
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (name: string): string[] =>
      new RegExp(`^${name}:(.*)$`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    const fits = field('Types').includes('deb') && field('Suites').includes(release);
    if (fits && field('Enabled')[0] !== 'no') return field('URIs')[0];
  }
  return undefined;
}

/** `deb [options] URI suite component…` */
function fromLines(text: string, release: string): string | undefined {
  const line = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s/gm;
  return [...text.matchAll(line)].find((match) => match[2] === release)?.[1];
}

function cacheHome(): string {
  const given = process.env['XDG_CACHE_HOME'];
  return given !== undefined && path.isAbsolute(given) ? given : path.join(os.homedir(), '.cache');
}
