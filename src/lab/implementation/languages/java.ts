import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { implementationTexts } from '../../../i18n/implementation.js';
import { texts } from '../../../i18n/text.js';
import { buildFailed } from '../build-failed.js';
import { isFile } from '../files.js';
import type { BuildJob, Language } from '../languages.js';
import { isUsual, javaSources, mainClasses } from './java-main.js';
import { buildWithMaven, fetchJars } from './java-maven.js';
import { askTool, missingToolchain, runTool } from './toolchain.js';

const install = {
  linux: 'sudo apt-get install openjdk-17-jdk-headless',
  mac: 'brew install openjdk',
};

/**
 * Plain javac, or Maven where there is a pom.xml. A build is a folder with `classes`, `lib` for the
 * jars that they need, and `main-class`.
 */
export const java: Language = {
  title: 'Java',
  extensions: ['.java'],
  async findEntry(folder) {
    if (await isFile(path.join(folder, 'pom.xml'))) return { file: undefined };
    return (await javaSources(folder)).length > 0 ? { file: undefined } : undefined;
  },
  async findToolchain(folder) {
    for (const javac of compilers()) {
      try {
        // `javac 17.0.15`
        const version = (await askTool(javac, ['-version'], folder)).split(/\s+/).at(-1) ?? '?';
        return { version: `Java ${version}`, command: javac };
      } catch {
        // The next one, or none.
      }
    }
    throw missingToolchain('Java (javac)', install);
  },
  async build(job) {
    await mkdir(path.join(job.output, 'lib'));
    const files = await compiled(job);
    const main = await mainClassIn(job, files);
    await writeFile(path.join(job.output, 'main-class'), main);
  },
  commandOf: ({ output, toolchain }) => [
    runtimeOf(toolchain.command),
    '-cp',
    [path.join(output, 'classes'), path.join(output, 'lib', '*')].join(path.delimiter),
    readFileSync(path.join(output, 'main-class'), 'utf8'),
  ],
};

/** The one on the PATH first, as for every other language. */
function compilers(): string[] {
  const home = process.env['JAVA_HOME'];
  return home === undefined || home === '' ? ['javac'] : ['javac', path.join(home, 'bin', 'javac')];
}

/** The java beside the compiler, where that is named by its place. */
function runtimeOf(javac: string): string {
  return javac.includes('/') ? path.join(path.dirname(javac), 'java') : 'java';
}

/** A reference that has a pom.xml is compiled together with its kit, which has none. */
async function compiled(job: BuildJob): Promise<readonly string[]> {
  const isMaven = job.entry === undefined && (await isFile(path.join(job.folder, 'pom.xml')));
  if (isMaven && job.kit === undefined) return buildWithMaven(job);
  if (isMaven) await fetchJars(job);
  return compile(job);
}

/** @returns the learner's own files that were compiled */
async function compile(job: BuildJob): Promise<readonly string[]> {
  const { folder, entry, output, kit, toolchain, signal } = job;
  const files = entry === undefined ? await javaSources(folder) : [entry];
  const lib = path.join(output, 'lib');
  await copyJars(path.join(folder, 'lib'), lib);
  const hasJars = (await readdir(lib)).length > 0;
  const names = files.map((file) => path.relative(folder, file));
  await runTool({
    command: toolchain.command,
    args: [
      ...['-encoding', 'UTF-8', '-g', '-d', path.join(output, 'classes')],
      ...(hasJars ? ['-cp', path.join(lib, '*')] : []),
      ...['-sourcepath', [folder, ...(kit === undefined ? [] : [kit])].join(path.delimiter)],
      ...names,
    ],
    folder,
    signal,
    kindOf: () => 'sources',
  });
  return files;
}

/** Libraries of a program without Maven: the jars in its own `lib`. */
async function copyJars(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch((): string[] => []);
  const jars = names.filter((name) => name.endsWith('.jar'));
  for (const name of jars)
    await copyFile(await realpath(path.join(from, name)), path.join(to, name));
}

async function mainClassIn({ folder }: BuildJob, files: readonly string[]): Promise<string> {
  const t = texts(implementationTexts);
  const [first, ...others] = await mainClasses(files);
  if (first === undefined) throw buildFailed(folder, t.noMainMethod, 'sources');
  if (others.length > 0 && !isUsual(first))
    throw buildFailed(folder, t.severalMainMethods([first, ...others].join(', ')), 'sources');
  return first;
}
