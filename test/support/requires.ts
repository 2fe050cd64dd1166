import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { chromiumPath } from './chromium.js';

/** What a test may need of the machine, and how to tell that it is there. */
const requirements = {
  go: { is: () => onPath('go'), mend: 'the Go toolchain' },
  rust: { is: () => onPath('rustc') && onPath('cargo'), mend: 'Rust, with cargo' },
  java: { is: () => onPath('javac'), mend: 'a JDK' },
  maven: { is: () => onPath('mvn') && onPath('javac'), mend: 'Maven and a JDK' },
  venv: {
    is: () => runs('python3', '-c', 'import ensurepip, venv'),
    mend: 'Python 3 with venv',
  },
  python: { is: () => onPath('python3'), mend: 'Python 3' },
  zsh: { is: () => onPath('zsh'), mend: 'zsh' },
  fish: { is: () => onPath('fish'), mend: 'fish' },
  chromium: {
    is: () => chromiumPath() !== undefined,
    mend: "the distribution's chromium",
  },
  ss: { is: () => onPath('ss'), mend: 'ss (iproute2)' },
  postgres: {
    is: () => onPath('initdb') || debianPostgres(),
    mend: "the distribution's PostgreSQL server",
  },
  rabbitmq: {
    is: () => existsSync('/usr/lib/rabbitmq') || onPath('rabbitmq-server'),
    mend: "the distribution's rabbitmq-server",
  },
  redis: {
    is: () => onPath('redis-server') || onPath('valkey-server'),
    mend: "the distribution's redis-server",
  },
  apt: {
    is: () => ['apt-get', 'apt-cache', 'dpkg-deb'].every(onPath),
    mend: 'the package tools of Debian or Ubuntu',
  },
  root: { is: () => process.getuid?.() === 0 && onPath('setpriv'), mend: 'root, and setpriv' },
  docker: {
    is: () =>
      isAskedFor() &&
      process.platform === 'linux' &&
      process.getuid?.() === 0 &&
      ['dockerd', 'debootstrap', 'ip', 'unshare', 'setpriv'].every(onPath),
    mend: 'root on Debian with docker.io and debootstrap, and PLAN_TEST_DOCKER=1',
  },
} as const;

export type Requirement = keyof typeof requirements;

const inCi = process.env['CI'] === 'true';
const told = new Set<string>();

/**
 * True where the machine has it. Where it has not, the omission is listed at the end of `npm test`;
 * @throws where CI=true, for there nothing is left out.
 */
export function needs(requirement: Requirement, what = 'a part of the tests'): boolean {
  const { is, mend } = requirements[requirement];
  if (is()) return true;
  if (inCi) throw new Error(`CI must have ${mend}; scripts/prepare-tests.mjs installs it`);
  recordOmission(what, mend);
  return false;
}

/** `describe` for tests that need something of the machine. */
export function describeWith(requirement: Requirement, title: string, body: () => void): void {
  try {
    describe.skipIf(!needs(requirement, title))(title, body);
  } catch (error) {
    describe(title, () => {
      it(`has what it needs: ${requirement}`, () => {
        throw error;
      });
    });
  }
}

/** scripts/test.mjs reads them from there; under another runner nobody does. */
function recordOmission(what: string, mend: string): void {
  const file = process.env['PLAN_TEST_OMISSIONS'];
  const line = JSON.stringify({ what, needs: mend });
  if (file === undefined || told.has(line)) return;
  told.add(line);
  appendFileSync(file, `${line}\n`);
}

/** It starts a Docker engine of its own and fetches packages: not unasked on somebody's machine. */
function isAskedFor(): boolean {
  return inCi || process.env['PLAN_TEST_DOCKER'] === '1';
}

function runs(command: string, ...words: string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

function onPath(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}

function debianPostgres(): boolean {
  const folder = '/usr/lib/postgresql';
  return (
    existsSync(folder) &&
    readdirSync(folder).some((version) => existsSync(path.join(folder, version, 'bin', 'initdb')))
  );
}
