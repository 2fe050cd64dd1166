import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { packagesTexts } from '../../i18n/packages.js';
import { texts } from '../../i18n/text.js';
import { compareVersions } from '../private/versions.js';
import type { StartOptions } from '../types.js';
import { Apt, AptFailure, unpack } from './apt.js';

/** A server as the distribution packs it. */
export interface WantedPackage {
  /** `RabbitMQ`, for people. */
  readonly title: string;
  /** Of several that would do, the first that is offered. */
  readonly names: readonly string[];
  /** `7.0`: what is older is refused. */
  readonly oldest: string;
  /** What of its dependencies is fetched with it, at any depth. */
  readonly needs: (name: string, installed: ReadonlySet<string>) => boolean;
  /** `RabbitMQ 3.10.8 and its Erlang`, for people. */
  readonly whole: (version: string) => string;
  /** What helps where it can't be had. */
  readonly mend: { readonly tooOld: string; readonly notFetched: string };
}

type Options = Pick<StartOptions, 'signal' | 'onProgress'>;

/**
 * Fetches a package with what it needs, and lays it down in a folder, without installing it: any
 * user may. What is fetched is checked against the signatures that the system trusts.
 * @returns its version, `3.10.8`
 * @throws PlanError `no-package`, `packages-not-fetched` (exit 4) · the signal's reason
 */
export async function fetchPackages(
  folder: string,
  wanted: WantedPackage,
  options: Options,
): Promise<string> {
  const debs = path.join(folder, 'debs');
  const lists = path.join(folder, 'lists');
  await mkdir(debs, { mode: 0o755 });
  try {
    const version = await downloadTo(debs, lists, wanted, options);
    for (const name of await readdir(debs))
      await unpack(path.join(debs, name), folder, options.signal);
    return version;
  } catch (error) {
    if (!(error instanceof AptFailure)) throw error;
    const what = texts(packagesTexts).notFetched(wanted.title, error.message);
    throw fault('packages-not-fetched', what, wanted.mend.notFetched, error);
  } finally {
    for (const rest of [debs, lists]) await rm(rest, { recursive: true, force: true });
  }
}

/** The system's lists may be missing, or name what the servers no longer have. */
async function downloadTo(
  debs: string,
  lists: string,
  wanted: WantedPackage,
  options: Options,
): Promise<string> {
  const { signal, onProgress } = options;
  try {
    return await downloadWith(Apt.ofSystem(signal), debs, wanted, options);
  } catch (error) {
    if (!(error instanceof AptFailure) && !isOutdated(error)) throw error;
    onProgress(texts(packagesTexts).fetchingLists);
    return downloadWith(await Apt.withOwnLists(lists, signal), debs, wanted, options);
  }
}

async function downloadWith(
  apt: Apt,
  debs: string,
  wanted: WantedPackage,
  { onProgress }: Options,
): Promise<string> {
  const { name, version } = await offered(apt, wanted);
  const installed = await apt.installed();
  const names = await apt.closure(name, (one) => wanted.needs(one, installed));
  const bytes = await apt.sizeOf(names);
  const stopTelling = tellProgress(wanted.whole(version), bytes, debs, onProgress);
  try {
    await apt.download(names, debs);
  } finally {
    stopTelling();
  }
  return version;
}

async function offered(
  apt: Apt,
  { title, names, oldest, mend }: WantedPackage,
): Promise<{ name: string; version: string }> {
  let newest = '–';
  for (const name of names) {
    const candidate = await apt.candidate(name);
    if (candidate === undefined) continue;
    const version = upstream(candidate);
    if (compareVersions(version, oldest) >= 0) return { name, version };
    newest = version;
  }
  throw fault('no-package', texts(packagesTexts).noPackage(title, newest, oldest), mend.tooOld);
}

/** `5:7.0.15-1~deb12u7` is `7.0.15`, packed for the first time, after an epoch of five. */
function upstream(version: string): string {
  return version.replace(/^\d+:/, '').replace(/[-+~].*$/, '');
}

function isOutdated(error: unknown): boolean {
  return error instanceof PlanError && error.code === 'no-package';
}

/** One line at the start, and then one for each quarter. */
function tellProgress(
  what: string,
  bytes: number,
  folder: string,
  onProgress: (text: string) => void,
): () => void {
  const t = texts(packagesTexts);
  const all = megabytes(bytes);
  onProgress(t.fetching(what, all));
  let told = 0;
  const timer = setInterval(() => {
    void sizeOf(folder).then((now) => {
      const quarter = Math.floor((4 * now) / bytes);
      if (quarter <= told || quarter > 3) return;
      told = quarter;
      onProgress(t.fetched(what, megabytes(now), all));
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

function fault(code: string, what: string, mend: string, cause?: unknown): PlanError {
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
