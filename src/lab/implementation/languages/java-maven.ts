import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlanError } from '../../../base/errors.js';
import type { BuildJob } from '../languages.js';
import { javaSources } from './java-main.js';
import { missingToolchain, runTool } from './toolchain.js';

const install = { linux: 'sudo apt-get install maven', mac: 'brew install maven' };

/**
 * Compiles with the learner's own Maven, first with what is in its cache already: no look at the
 * network is needed then, and none is waited for.
 * @returns the sources in which to look for the main method
 */
export async function buildWithMaven(job: BuildJob): Promise<readonly string[]> {
  const { folder, output } = job;
  const lib = path.join(output, 'lib');
  await mkdir(lib);
  const pom = await readFile(path.join(folder, 'pom.xml'), 'utf8');
  const goals = ['compile'];
  if (/<(?:dependency|parent)>/.test(pom))
    goals.push(
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${lib}`,
    );
  try {
    await maven(['--offline', ...goals], job);
  } catch (error) {
    if (!(error instanceof PlanError) || !lacksArtifacts(error.message)) throw error;
    await maven(goals, job);
  }
  await cp(path.join(folder, 'target', 'classes'), path.join(output, 'classes'), {
    recursive: true,
  });
  return javaSources(folder);
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
