import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolders } from '../../base/make-folders.js';
import { register } from '../../register/register.js';

/** A program of the package system ended with something else than 0. */
export class AptFailure extends Error {}

/**
 * `debian-12` on Debian, Ubuntu and what is made of them, where their package tools are there;
 * undefined elsewhere.
 */
export function debianRelease(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    if (!/^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)) return undefined;
    for (const program of ['apt-get', 'apt-cache', 'dpkg-query', 'dpkg-deb'])
      accessSync(path.join('/usr/bin', program), constants.X_OK);
    const values = ['ID', 'VERSION_ID'].map(
      (name) => new RegExp(`^${name}="?([\\w.-]+)`, 'm').exec(release)?.[1] ?? 'unknown',
    );
    return values.join('-');
  } catch {
    return undefined;
  }
}

/**
 * Debian's package tools as any user may use them: nothing is installed. What they fetch is checked
 * against the signatures that the system trusts.
 */
export class Apt {
  readonly #options: readonly string[];
  readonly #signal: AbortSignal;
  /** What went wrong with the lists; some servers may be out of reach and not be needed. */
  #complaint = '';

  private constructor(signal: AbortSignal, options: readonly string[]) {
    this.#signal = signal;
    this.#options = options;
  }

  /** With the lists of packages that the system has, if it has any. */
  static ofSystem(signal: AbortSignal): Apt {
    return new Apt(signal, strict);
  }

  /** With lists of its own, fetched now. @throws AptFailure where none could be had */
  static async withOwnLists(folder: string, signal: AbortSignal): Promise<Apt> {
    const at = (...names: string[]): string => path.join(folder, ...names);
    makeFolders(at('lists', 'partial'));
    makeFolders(at('cache', 'archives', 'partial'));
    const places = {
      'Dir::State': folder,
      'Dir::State::Lists': at('lists'),
      'Dir::State::status': '/var/lib/dpkg/status',
      'Dir::Cache': at('cache'),
      'Acquire::Languages': 'none',
      // Descriptions for graphical shops of programs, a third of it all.
      'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    };
    const options = Object.entries(places).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    const apt = new Apt(signal, [...strict, ...options]);
    apt.#complaint = await apt.#update();
    return apt;
  }

  /** The version that would be installed; undefined where none is offered. */
  async candidate(name: string): Promise<string | undefined> {
    const said = await this.#run('apt-cache', ['policy', name]);
    const version = /^\s*Candidate: (\S+)$/m.exec(said)?.[1];
    return version === '(none)' ? undefined : version;
  }

  /** A package and, through others too, all that it depends on and that `wanted` accepts. */
  async closure(name: string, wanted: (name: string) => boolean): Promise<string[]> {
    const found = new Set([name]);
    for (let level = [name]; level.length > 0;) {
      const said = await this.#run('apt-cache', ['depends', ...level]);
      level = dependencies(said).filter((one) => !found.has(one) && wanted(one));
      level.forEach((one) => found.add(one));
    }
    return [...found];
  }

  /** In bytes, as they are fetched. */
  async sizeOf(names: readonly string[]): Promise<number> {
    const said = await this.#run('apt-get', ['download', '--print-uris', ...names]);
    const sizes = said.matchAll(/^'[^']+' \S+ (\d+)/gm);
    return [...sizes].reduce((sum, [, size]) => sum + Number(size), 0);
  }

  /** Into a folder, as .deb files. */
  async download(names: readonly string[], folder: string): Promise<void> {
    await this.#run('apt-get', ['download', ...names], folder);
  }

  /** Names of what is installed. */
  async installed(): Promise<Set<string>> {
    const format = '${db:Status-Abbrev}\t${Package}\n';
    const { said } = await runTool('dpkg-query', ['-W', '-f', format], '/', this.#signal);
    const names = said.split('\n').flatMap((line) => /^.i\s*\t(\S+)$/.exec(line)?.[1] ?? []);
    return new Set(names);
  }

  async #update(): Promise<string> {
    try {
      const words = [...this.#options, '-q', 'update'];
      const { faults } = await runTool('apt-get', words, '/', this.#signal);
      return (
        faults
          .match(/^[EW]: .*$/gm)
          ?.slice(0, 3)
          .join('\n') ?? ''
      );
    } catch (error) {
      if (error instanceof AptFailure) return error.message;
      throw error;
    }
  }

  async #run(program: string, words: readonly string[], cwd = '/'): Promise<string> {
    try {
      return (await runTool(program, [...this.#options, ...words], cwd, this.#signal)).said;
    } catch (error) {
      if (error instanceof AptFailure && this.#complaint) throw new AptFailure(this.#complaint);
      throw error;
    }
  }
}

/** Lays down the files of a package, without its scripts. */
export async function unpack(file: string, folder: string, signal: AbortSignal): Promise<void> {
  await runTool('dpkg-deb', ['-x', file, folder], '/', signal);
}

/** Whatever the system is set to, nothing unsigned is taken. */
const strict = [
  ['-o', 'APT::Get::AllowUnauthenticated=false'],
  ['-o', 'Acquire::AllowInsecureRepositories=false'],
  ['-o', 'Acquire::Retries=2'],
].flat();

/** Of `apt-cache depends`; of alternatives the first one that is a real package. */
function dependencies(said: string): string[] {
  const names: string[] = [];
  let alternative = false;
  for (const line of said.split('\n')) {
    const match = /^ ([ |])(?:Pre)?Depends: (\S+)$/.exec(line);
    if (match === null) continue;
    const [, bar, name = ''] = match;
    const real = !name.startsWith('<');
    if (real && !alternative) names.push(name.replace(/:.*/, ''));
    alternative = bar === '|' && (real || alternative);
  }
  return names;
}

async function runTool(
  program: string,
  words: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<Said> {
  signal.throwIfAborted();
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = endOf(child, program, signal);
  // Whoever awaits it is told.
  ended.catch(() => undefined);
  const release = await register({ kind: 'process', pid: child.pid ?? 0 });
  try {
    return await ended;
  } finally {
    await release();
  }
}

interface Said {
  readonly said: string;
  readonly faults: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function endOf(child: Child, program: string, signal: AbortSignal): Promise<Said> {
  return new Promise((resolve, reject) => {
    let said = '';
    let faults = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (faults += bytes.toString()));
    const abort = (): unknown => child.kill('SIGTERM');
    signal.addEventListener('abort', abort, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve({ said, faults });
      else reject(new AptFailure(`${program}: ${lastLines(faults || said)}`));
    });
  });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).join('\n');
}
