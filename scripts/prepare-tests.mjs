/**
 * Installs what tests need and npm does not carry: only with CI=true, as root, on a distribution
 * with apt-get. Anywhere else it installs nothing and says what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each package with what shows that it is not needed. */
const wanted = [
  { name: 'golang-go', there: () => onPath('go') },
  // Debian 12 has a current Rust beside its own, which is older than what most crates ask for.
  { name: 'cargo', better: 'cargo-web', there: () => onPath('cargo') && onPath('rustc') },
  { name: 'default-jdk-headless', there: () => onPath('javac') },
  { name: 'maven', there: () => onPath('mvn') },
  { name: 'python3', there: () => onPath('python3') },
  { name: 'python3-venv', there: () => runs('python3', '-c', 'import ensurepip, venv') },
  { name: 'postgresql', there: () => onPath('initdb') || hasDebianPostgres() },
  { name: 'rabbitmq-server', there: () => existsSync('/usr/lib/rabbitmq') },
  { name: 'redis-server', there: () => onPath('redis-server') || onPath('valkey-server') },
  { name: 'docker.io', there: () => onPath('dockerd') },
  { name: 'debootstrap', there: () => onPath('debootstrap') },
  { name: 'iproute2', there: () => onPath('ip') && onPath('ss') },
  { name: 'util-linux', there: () => onPath('setpriv') && onPath('unshare') },
  { name: 'procps', there: () => onPath('ps') },
  { name: 'zsh', there: () => onPath('zsh') },
  { name: 'fish', there: () => onPath('fish') },
  { name: 'chromium', there: () => onPath('chromium') || onPath('google-chrome-stable') },
];

/** @returns the packages that are still missing */
export function prepareTests() {
  const lacking = wanted.filter(({ there }) => !there());
  const missing = lacking.map(({ name }) => name);
  if (missing.length === 0) return [];
  const mayInstall = process.env.CI === 'true' && process.getuid?.() === 0 && onPath('apt-get');
  if (!mayInstall) return missing;
  console.log(`Installing for the tests: ${missing.join(' ')}`);
  withoutStartingServices(() => {
    aptGet('update', '-qq');
    const packages = lacking.map(({ name, better }) => (isOffered(better) ? better : name));
    aptGet('install', '-qq', '--no-install-recommends', ...packages);
  });
  return wanted.filter(({ there }) => !there()).map(({ name }) => name);
}

function aptGet(...words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-y', ...words], {
    env,
    encoding: 'utf8',
    // The package's scripts may ask; there is nobody to answer.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`apt-get ${words.join(' ')} failed:\n${stdout}${stderr}`);
}

/**
 * Debian starts a service (RabbitMQ too) when it is installed, and makes a PostgreSQL cluster that would start
 * with the machine. The tests start their own.
 */
function withoutStartingServices(install) {
  const cluster = '/etc/postgresql-common/createcluster.conf';
  if (!existsSync(cluster)) {
    mkdirSync(path.dirname(cluster), { recursive: true });
    writeFileSync(cluster, 'create_main_cluster = false\n');
  }
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function isOffered(name) {
  return name !== undefined && runs('apt-cache', 'show', name);
}

function runs(command, ...words) {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}

function hasDebianPostgres() {
  const folder = '/usr/lib/postgresql';
  return (
    existsSync(folder) &&
    readdirSync(folder).some((version) => existsSync(path.join(folder, version, 'bin/initdb')))
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = prepareTests();
  if (missing.length > 0) console.log(`Missing, and not installed: ${missing.join(' ')}`);
}
