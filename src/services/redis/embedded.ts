import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import { debianRelease } from '../packages/apt.js';
import { fetchPackages, type WantedPackage } from '../packages/fetch.js';
import { makeFolder } from '../private/aside.js';
import { list } from '../private/programs.js';
import { oldest, type RedisProgram } from './program.js';
import { startRedis } from './start.js';
import type { StartOptions } from '../types.js';
import type { RunningRedis } from './types.js';

/**
 * A Redis (or Valkey) from the distribution's packages, fetched once into the cache; any user may.
 * @throws PlanError (exit 4) · the signal's reason
 */
export async function startEmbeddedRedis(options: StartOptions): Promise<RunningRedis> {
  const t = texts(redisTexts);
  const release = debianRelease();
  if (release === undefined) {
    throw new PlanError({
      code: 'no-embedded-redis',
      exit: exitCodes.environment,
      what: t.noEmbedded,
      mend: process.platform === 'darwin' ? t.noneMendMac : t.noneMend,
    });
  }
  return startRedis({
    ...options,
    provider: 'embedded',
    program: async (home) => {
      const folder = folderFor(home, release);
      return programIn(folder) ?? (await fetchInto(folder, options));
    },
  });
}

/** What an earlier start has fetched; its version, for people. */
export function embeddedRedisVersion(home: string): string | undefined {
  const release = debianRelease();
  return release === undefined ? undefined : programIn(folderFor(home, release))?.version;
}

/** Packages fit the libraries of one release of one distribution. */
function folderFor(home: string, release: string): string {
  return path.join(home, 'binaries', `${release}-${process.arch}`);
}

async function fetchInto(folder: string, options: StartOptions): Promise<RedisProgram> {
  await makeFolder(folder, 0o755, async (aside) => {
    const version = await fetchPackages(aside, wanted(), options);
    await writeFile(path.join(aside, versionFile), version);
  });
  const program = programIn(folder);
  if (program === undefined) throw new Error(`${folder} holds no Redis`);
  return program;
}

const versionFile = 'plan-version';

const wanted = (): WantedPackage => {
  const t = texts(redisTexts);
  return {
    title: 'Redis',
    names: ['redis-server', 'valkey-server'],
    oldest,
    needs: (name, installed) =>
      /^(redis|valkey)-tools$/.test(name) || (/^(lib|lua)/.test(name) && !installed.has(name)),
    whole: t.whole,
    mend: { tooOld: t.noneMend, notFetched: t.notFetchedMend },
  };
};

function programIn(folder: string): RedisProgram | undefined {
  const program = ['redis-server', 'valkey-server']
    .map((name) => path.join(folder, 'usr', 'bin', name))
    .find((file) => existsSync(file));
  const version = textOf(path.join(folder, versionFile));
  if (program === undefined || version === undefined) return undefined;
  const places = ['usr/lib', 'lib'].flatMap((parent) =>
    list(path.join(folder, parent))
      .filter((name) => name.includes('-linux-gnu'))
      .map((name) => path.join(folder, parent, name)),
  );
  const environment = places.length === 0 ? {} : { LD_LIBRARY_PATH: places.join(':') };
  return { program, environment, version };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
