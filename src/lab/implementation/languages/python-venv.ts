import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../../base/make-folders.js';
import { cacheFolder } from '../../../base/folders.js';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { prune, putInPlace, touched } from '../kept-builds.js';
import type { PrepareJob, Toolchain } from '../languages.js';
import { missingToolchain, runTool } from './toolchain.js';

const keptEnvironments = 5;
/** Lines that point to files beside requirements.txt, whose contents the key can't know. */
const pointsElsewhere = /^\s*(?:-[rce]|--requirement|--constraint|--editable|\.)/m;

/** The Python of a virtual environment with all that requirements.txt names, made once. */
export async function withRequirements(job: PrepareJob): Promise<Toolchain> {
  const { folder, toolchain, signal, onProgress } = job;
  const file = path.join(folder, 'requirements.txt');
  const wanted = await readFile(file, 'utf8').catch(() => '');
  if (!/^\s*[^#\s]/m.test(wanted)) return toolchain;
  const environments = path.join(cacheFolder(), 'python');
  const key = [toolchain.version, toolchain.command, wanted];
  if (pointsElsewhere.test(wanted)) key.push(folder);
  const name = createHash('sha256').update(key.join('\n')).digest('hex').slice(0, 32);
  const place = path.join(environments, name);
  const ready = { ...toolchain, command: path.join(place, 'bin', 'python') };
  if (await touched(place)) return ready;
  onProgress?.(texts(implementationTexts).installing('requirements.txt'));
  const aside = `${place}.${process.pid}.aside`;
  try {
    makeFolders(environments);
    await makeEnvironment(aside, job);
    await runTool({
      command: path.join(aside, 'bin', 'python'),
      args: ['-m', 'pip', 'install', '--quiet', '--no-input', '-r', file],
      folder,
      env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      signal,
      kindOf: () => 'requirements',
    });
    await putInPlace(aside, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  await prune(environments, keptEnvironments);
  return ready;
}

async function makeEnvironment(place: string, job: PrepareJob): Promise<void> {
  const { toolchain, folder, signal } = job;
  try {
    await runTool({
      command: toolchain.command,
      args: ['-m', 'venv', place],
      folder,
      signal,
      kindOf: () => 'sources',
    });
  } catch (error) {
    signal.throwIfAborted();
    // Debian and Ubuntu keep venv in a package of its own.
    const install = { linux: 'sudo apt-get install python3-venv', mac: 'brew install python3' };
    throw missingToolchain('python3 -m venv', install, error);
  }
}
