import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { texts } from '../../i18n/text.js';
import { isExecutable, onPath } from '../private/programs.js';
import { compareVersions } from '../private/versions.js';
import type { StartOptions } from '../types.js';
import { describe, oldest, type PrometheusProgram } from './program.js';
import { startPrometheus } from './start.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus } from './types.js';

/** What is installed and new enough, newest first; one that the system runs is never touched. */
export async function findLocalPrometheus(env = process.env): Promise<PrometheusProgram[]> {
  return (await findAll(env)).filter(({ version }) => compareVersions(version, oldest) >= 0);
}

/** @throws PlanError (exit 4) · the signal's reason */
export async function startLocalPrometheus(options: StartOptions): Promise<RunningPrometheus> {
  const [newest] = await findAll(process.env);
  const t = texts(prometheusTexts);
  if (newest === undefined) throw missing(t.noLocal(oldest));
  if (compareVersions(newest.version, oldest) < 0)
    throw missing(t.onlyOlder(newest.version, newest.program, oldest));
  return startPrometheus({ ...options, provider: 'local', program: () => Promise.resolve(newest) });
}

const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/prometheus'];

async function findAll(env: NodeJS.ProcessEnv): Promise<PrometheusProgram[]> {
  const programs = [...new Set([...onPath(env), ...usualFolders])]
    .map((folder) => path.join(folder, 'prometheus'))
    .filter(isExecutable);
  const found = await Promise.all(programs.map(describe));
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => compareVersions(b.version, a.version));
}

function missing(what: string): PlanError {
  const t = texts(prometheusTexts);
  return new PlanError({
    code: 'no-local-prometheus',
    exit: exitCodes.environment,
    what,
    mend: process.platform === 'darwin' ? t.noLocalMendMac : t.noLocalMend,
  });
}
