import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isFile } from '../files.js';
import type { BuildJob, Language } from '../languages.js';
import { withRequirements } from './python-venv.js';
import { askTool, missingToolchain, runTool } from './toolchain.js';

const names = ['main.py', 'server.py', 'app.py', '__main__.py'];
const install = { linux: 'sudo apt-get install python3 python3-venv', mac: 'brew install python3' };
const version = 'import sys; print(sys.executable, *sys.version_info[:3], sep="\\n")';

/** Run where it stands, so that a traceback shows the learner's own lines. */
export const python: Language = {
  title: 'Python',
  extensions: ['.py'],
  async findEntry(folder) {
    for (const name of ['', 'src'].flatMap((below) => names.map((one) => path.join(below, one)))) {
      const file = path.join(folder, name);
      if (await isFile(file)) return { file };
    }
    return undefined;
  },
  async findToolchain(folder) {
    try {
      const [command = 'python3', ...parts] = (
        await askTool('python3', ['-c', version], folder)
      ).split('\n');
      return { version: `Python ${parts.join('.')}`, command };
    } catch (cause) {
      throw missingToolchain('Python', install, cause);
    }
  },
  prepare: withRequirements,
  /** Nothing to build, but what is no Python is told before anything runs. */
  async build(job) {
    const files = await sourcesIn(job);
    await runTool({
      command: job.toolchain.command,
      args: ['-m', 'py_compile', ...files],
      folder: job.folder,
      env: { PYTHONPYCACHEPREFIX: path.join(job.output, 'pycache') },
      signal: job.signal,
      kindOf: () => 'sources',
    });
  },
  commandOf: ({ toolchain, entry = '' }) => [toolchain.command, entry],
  environmentOf: (kit) => ({
    // What it prints reaches its log at once, also when it is killed.
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(kit !== undefined && { PYTHONPATH: kit }),
  }),
};

/** The program's file and those beside it, which it may import. */
async function sourcesIn({ folder, entry = '', sources }: BuildJob): Promise<string[]> {
  if (sources === entry) return [path.basename(entry)];
  const beside = path.dirname(entry);
  const found = await readdir(beside, { withFileTypes: true });
  return found
    .filter((each) => each.isFile() && each.name.endsWith('.py'))
    .map((each) => path.relative(folder, path.join(beside, each.name)));
}
