import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlanError } from '../../../base/errors.js';
import type { BuildJob } from '../languages.js';
import { javaSources } from './java-main.js';
import { missingToolchain, runTool } from './toolchain.js';

const install = { linux: 'sudo apt-get install maven', mac: 'brew install maven' };

/**
 * Compiles with the learner's own Maven.
 * @returns the sources in which to look for the main method
 */
export async function buildWithMaven(job: BuildJob): Promise<readonly string[]> {
  const { folder, output } = job;
  const pom = await readFile(path.join(folder, 'pom.xml'), 'utf8');
  const goals = ['compile'];
  if (/<(?:dependency|parent)>/.test(pom)) goals.push(...copyJars(job));
  await cachedFirst(goals, job);
  await cp(path.join(folder, 'target', 'classes'), path.join(output, 'classes'), {
    recursive: true,
  });
  return javaSources(folder);
}

/** The jars that pom.xml names, into `lib`: of what javac compiles together with a kit. */
export async function fetchJars(job: BuildJob): Promise<void> {
  await cachedFirst(copyJars(job), job);
}

function copyJars({ output }: BuildJob): string[] {
  const lib = path.join(output, 'lib');
  return ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${lib}`];
}

/** What is in its cache already needs no look at the network, and none is waited for. */
async function cachedFirst(goals: readonly string[], job: BuildJob): Promise<void> {
  try {
    await maven(['--offline', ...goals], job);
  } catch (error) {
    if (!(error instanceof PlanError) || !lacksArtifacts(error.message)) throw error;
    await maven(goals, job);
  }
}

async function maven(goals: readonly string[], { folder, signal }: BuildJob): Promise<void> {
  await runTool({
    command: 'mvn',
    args: ['--batch-mode', '--quiet', '-Dstyle.color=never', ...goals],
    folder,
    signal,
    kindOf: (words) => (lacksArtifacts(words) ? 'maven' : 'sources'),
    missing: (cause) => missingToolchain('Maven', install, cause),
  });
}

function lacksArtifacts(words: string): boolean {
  return /in offline mode|has not been downloaded|Could not (?:find artifact|resolve|transfer)|No plugin found/.test(
    words,
  );
}
