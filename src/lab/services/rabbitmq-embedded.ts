import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import { Apt, AptFailure, debianRelease, unpack } from './broker/apt.js';
import type { BrokerRuntime } from './broker/runtime.js';
import { startNode } from './broker/start.js';
import { makeFolder } from './private/aside.js';
import { brokerVersion, compareVersions, oldest } from './rabbitmq-local.js';
import type { RunningBroker, StartOptions } from './types.js';

/** True where the distribution's own packages can be had without being installed. */
export function canEmbed(): boolean {
  return debianRelease() !== undefined;
}

/**
 * A RabbitMQ and its Erlang from the distribution's packages, fetched once into the cache; any user
 * may.
 * @throws PlanError (exit 4) · the signal's reason
 */
export async function startEmbeddedBroker(options: StartOptions): Promise<RunningBroker> {
  const t = texts(brokerTexts);
  const release = debianRelease();
  if (release === undefined) {
    const mend = process.platform === 'darwin' ? t.noneMendMac : t.noneMend;
    throw fault('no-embedded-rabbitmq', t.noEmbedded, mend);
  }
  return startNode({
    ...options,
    provider: 'embedded',
    runtime: async ({ home }) => {
      const folder = folderFor(home, release);
      return runtimeIn(folder) ?? (await fetchInto(folder, options));
    },
  });
}

/** What an earlier start has fetched; its version, for people. */
export function embeddedVersion(home: string): string | undefined {
  const release = debianRelease();
  return release === undefined ? undefined : runtimeIn(folderFor(home, release))?.version;
}

/** Packages fit the libraries of one release of one distribution. */
function folderFor(home: string, release: string): string {
  return path.join(home, 'binaries', `${release}-${process.arch}`);
}

async function fetchInto(folder: string, options: StartOptions): Promise<BrokerRuntime> {
  await makeFolder(folder, 0o755, (aside) => fetchPackages(aside, options));
  const runtime = runtimeIn(folder);
  if (runtime === undefined) throw new Error(`${folder} holds no RabbitMQ`);
  return runtime;
}

async function fetchPackages(aside: string, options: StartOptions): Promise<void> {
  const t = texts(brokerTexts);
  const debs = path.join(aside, 'debs');
  const lists = path.join(aside, 'lists');
  await mkdir(debs, { mode: 0o755 });
  try {
    await downloadTo(debs, lists, options);
    for (const name of await readdir(debs))
      await unpack(path.join(debs, name), aside, options.signal);
  } catch (error) {
    if (!(error instanceof AptFailure)) throw error;
    throw fault('packages-not-fetched', t.notFetched(error.message), t.notFetchedMend, error);
  }
  for (const rest of [debs, lists]) await rm(rest, { recursive: true, force: true });
}

/** The system's lists may be missing, or name what the servers no longer have. */
async function downloadTo(debs: string, lists: string, options: StartOptions): Promise<void> {
  const { signal, onProgress } = options;
  try {
    await downloadWith(Apt.ofSystem(signal), debs, options);
  } catch (error) {
    if (!(error instanceof AptFailure) && !isOutdated(error)) throw error;
    onProgress(texts(brokerTexts).fetchingLists);
    await downloadWith(await Apt.withOwnLists(lists, signal), debs, options);
  }
}

async function downloadWith(apt: Apt, debs: string, options: StartOptions): Promise<void> {
  const t = texts(brokerTexts);
  const version = await apt.candidate('rabbitmq-server');
  if (version === undefined || compareVersions(version, oldest) < 0)
    throw fault('no-package', t.noPackage(version ?? '–'), t.noneMend);
  const installed = await apt.installed();
  const names = await apt.closure(
    'rabbitmq-server',
    (name) => name.startsWith('erlang-') || (name.startsWith('lib') && !installed.has(name)),
  );
  const bytes = await apt.sizeOf(names);
  // `3.10.8-1.1+deb12u1`
  const short = version.split('-')[0] ?? version;
  const stopTelling = tellProgress(short, bytes, debs, options.onProgress);
  try {
    await apt.download(names, debs);
  } finally {
    stopTelling();
  }
}

function isOutdated(error: unknown): boolean {
  return error instanceof PlanError && error.code === 'no-package';
}

/** One line at the start, and then one for each quarter. */
function tellProgress(
  version: string,
  bytes: number,
  folder: string,
  onProgress: (text: string) => void,
): () => void {
  const t = texts(brokerTexts);
  const all = megabytes(bytes);
  onProgress(t.fetching(version, all));
  let told = 0;
  const timer = setInterval(() => {
    void sizeOf(folder).then((now) => {
      const quarter = Math.floor((4 * now) / bytes);
      if (quarter <= told || quarter > 3) return;
      told = quarter;
      onProgress(t.fetched(version, megabytes(now), all));
    });
  }, 500);
  return () => clearInterval(timer);
}

async function sizeOf(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder).catch(() => []))
    sum += await stat(path.join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  return sum;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** What `erl`, a script that has its root written in, would execute; from any folder. */
function runtimeIn(folder: string): BrokerRuntime | undefined {
  const broker = one(path.join(folder, 'usr/lib/rabbitmq/lib'), /^rabbitmq_server-/);
  const root = path.join(folder, 'usr/lib/erlang');
  const erts = one(root, /^erts-/);
  if (broker === undefined || erts === undefined) return undefined;
  const plugins = path.join(broker, 'plugins');
  const version = brokerVersion(plugins);
  if (version === undefined) return undefined;
  const bin = path.join(erts, 'bin');
  const libraries = one(path.join(folder, 'usr/lib'), /-linux-gnu/);
  const environment = {
    ROOTDIR: root,
    BINDIR: bin,
    EMU: 'beam',
    PROGNAME: 'erl',
    ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }),
  };
  return { erl: path.join(bin, 'erlexec'), environment, plugins, version };
}

function one(folder: string, pattern: RegExp): string | undefined {
  const name = list(folder).find((candidate) => pattern.test(candidate));
  return name === undefined ? undefined : path.join(folder, name);
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function fault(code: string, what: string, mend: string, cause?: unknown): PlanError {
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
