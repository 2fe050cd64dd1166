import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { texts } from '../../i18n/text.js';
import { debianRelease } from '../packages/apt.js';
import { fetchPackages, type WantedPackage } from '../packages/fetch.js';
import { makeFolder } from '../private/aside.js';
import type { StartOptions } from '../types.js';
import { oldest, type PrometheusProgram } from './program.js';
import { startPrometheus } from './start.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus } from './types.js';

/**
 * A Prometheus from the distribution's package, fetched once into the cache; any user may.
 * @throws PlanError (exit 4) · the signal's reason
 */
export async function startEmbeddedPrometheus(options: StartOptions): Promise<RunningPrometheus> {
  return startPrometheus({
    ...options,
    provider: 'embedded',
    program: (home) => embeddedPrometheus(home, options),
  });
}

/** The program in the cache, fetched where it is not there yet. @throws PlanError (exit 4) */
export async function embeddedPrometheus(
  home: string,
  options: StartOptions,
): Promise<PrometheusProgram> {
  const t = texts(prometheusTexts);
  const release = debianRelease();
  if (release === undefined)
    throw new PlanError({
      code: 'no-embedded-prometheus',
      exit: exitCodes.environment,
      what: t.noEmbedded,
      mend: process.platform === 'darwin' ? t.noneMendMac : t.noneMend,
    });
  const folder = folderFor(home, release);
  return programIn(folder) ?? (await fetchInto(folder, options));
}

/** What an earlier start has fetched; its version, for people. */
export function embeddedPrometheusVersion(home: string): string | undefined {
  const release = debianRelease();
  return release === undefined ? undefined : programIn(folderFor(home, release))?.version;
}

/** Packages fit the libraries of one release of one distribution. */
function folderFor(home: string, release: string): string {
  return path.join(home, 'binaries', `${release}-${process.arch}`);
}

async function fetchInto(folder: string, options: StartOptions): Promise<PrometheusProgram> {
  await makeFolder(folder, 0o755, async (aside) => {
    const version = await fetchPackages(aside, wanted(), options);
    await writeFile(path.join(aside, versionFile), version);
  });
  const program = programIn(folder);
  if (program === undefined) throw new Error(`${folder} holds no Prometheus`);
  return program;
}

const versionFile = 'plan-version';

const wanted = (): WantedPackage => {
  const t = texts(prometheusTexts);
  return {
    title: 'Prometheus',
    names: ['prometheus'],
    oldest,
    // It is one program; what the package depends on beside is for its pages.
    needs: () => false,
    whole: t.whole,
    mend: { tooOld: t.noneMend, notFetched: t.notFetchedMend },
  };
};

function programIn(folder: string): PrometheusProgram | undefined {
  const program = path.join(folder, 'usr', 'bin', 'prometheus');
  const file = path.join(folder, versionFile);
  if (!existsSync(program) || !existsSync(file)) return undefined;
  return { program, version: readFileSync(file, 'utf8') };
}
