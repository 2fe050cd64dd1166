import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { promisify } from 'node:util';
import { cacheFolder, stateFolder, takeFolderNotices } from '../../base/folders.js';
import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { listRegister } from '../../register/inspect.js';
import type { Check } from '../../services/doctor/check.js';
import { install } from '../../services/doctor/install.js';

const run = promisify(execFile);
const oldestNode = [20, 19] as const;
/** Connections of the load, of the program under test and of the server's clients. */
const fewestFiles = 1_024;

/** All but PostgreSQL: this machine's programs, folders and limits. */
export async function examineMachine(): Promise<Check[]> {
  const t = texts(doctorTexts);
  const [languages, files, cache] = await Promise.all([
    Promise.all(toolchains.map(examineToolchain)),
    examineFiles(),
    examineFolder('cache', t.cache, cacheFolder()),
  ]);
  const state = await examineFolder('state', t.state, stateFolder());
  const notices = takeFolderNotices().map((detail): Check => {
    return { id: 'folders', title: t.folders, state: 'note', detail };
  });
  return [examineNode(), ...languages, cache, state, ...notices, files, examineRegister()];
}

function examineNode(): Check {
  const about = { id: 'node', title: 'Node' };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const detail = `${process.versions.node} (${process.execPath})`;
  if (fits) return { ...about, state: 'ok', detail };
  const mend = process.platform === 'darwin' ? 'brew install node' : 'https://nodejs.org/download';
  const wanted = texts(doctorTexts).oldestNode(oldestNode.join('.'));
  return { ...about, state: 'missing', detail: `${detail}; ${wanted}`, mend };
}

interface LanguageTools {
  readonly id: 'go' | 'rust' | 'java' | 'python';
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

const toolchains: readonly LanguageTools[] = [
  { id: 'go', title: 'Go', command: ['go', 'version'] },
  { id: 'rust', title: 'Rust', command: ['cargo', '--version'] },
  { id: 'java', title: 'Java', command: ['java', '-version'] },
  { id: 'python', title: 'Python', command: ['python3', '--version'] },
];

async function examineToolchain({ id, title, command }: LanguageTools): Promise<Check> {
  const t = texts(doctorTexts);
  const [program, ...words] = command;
  try {
    const { stdout, stderr } = await run(program, words, { timeout: 10_000 });
    // Java says its version on stderr.
    const line = (stdout.trim() || stderr.trim()).split('\n')[0] ?? '';
    return { id, title, state: 'ok', detail: line };
  } catch {
    const detail = id === 'go' ? t.noGo : t.noLanguage;
    return { id, title, state: 'optional', detail, mend: install(id) };
  }
}

async function examineFolder(id: string, title: string, folder: string): Promise<Check> {
  const t = texts(doctorTexts);
  try {
    accessSync(folder, constants.W_OK);
    return { id, title, state: 'ok', detail: `${folder}${await sizeOf(folder)}` };
  } catch {
    const mend = `chmod u+rwx ${folder}`;
    return { id, title, state: 'missing', detail: t.notWritable(folder), mend };
  }
}

/** Its size in MB, as text; nothing where `du` does not answer in time. */
async function sizeOf(folder: string): Promise<string> {
  try {
    const { stdout } = await run('du', ['-sk', folder], { timeout: 5_000 });
    return `, ${(Number.parseInt(stdout) / 1024).toFixed(1)} MB`;
  } catch {
    return '';
  }
}

/** Of this process, and so of what it starts: Node raises the soft limit to the hard one. */
async function examineFiles(): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'open-files', title: t.openFiles };
  try {
    const limit = (await run('/bin/sh', ['-c', 'ulimit -n'])).stdout.trim();
    const enough = limit === 'unlimited' || Number(limit) >= fewestFiles;
    if (enough) return { ...about, state: 'ok', detail: limit };
    const detail = t.fewFiles(limit, fewestFiles);
    return { ...about, state: 'note', detail, mend: `ulimit -n 4096` };
  } catch {
    return { ...about, state: 'note', detail: t.unknown };
  }
}

function examineRegister(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'running', title: t.running };
  const { living, leftovers, unreadable } = listRegister();
  const detail = t.register(living, leftovers, unreadable.length);
  if (leftovers === 0 && unreadable.length === 0) return { ...about, state: 'ok', detail };
  const mend = unreadable.length > 0 ? `rm ${unreadable.join(' ')}` : undefined;
  return { ...about, state: 'note', detail, mend };
}
