import { stripVTControlCharacters } from 'node:util';
import { exitCodes, PlanError } from '../../base/errors.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';

/** What the learner can do about it; most often to correct the sources. */
export type FailureKind =
  | 'sources'
  | 'packages'
  | 'reference-packages'
  | 'native'
  | 'modules'
  | 'crates'
  | 'old-rust'
  | 'linker'
  | 'maven'
  | 'requirements';

/** More than this of a compiler's words helps nobody; the first ones say what is wrong. */
const wordsInLines = 40;

/** A build that failed, with the compiler's own words. */
export function buildFailed(folder: string, words: string, kind: FailureKind): PlanError {
  const t = texts(implementationTexts);
  const mends: Record<FailureKind, string> = {
    sources: t.buildMend,
    packages: t.packagesMend(folder),
    'reference-packages': t.referencePackagesMend,
    native: t.nativeMend,
    modules: t.modulesMend(folder),
    crates: t.cratesMend(folder),
    'old-rust': t.oldRustMend,
    linker: process.platform === 'darwin' ? 'xcode-select --install' : t.linkerMend,
    maven: t.mavenMend(folder),
    requirements: t.requirementsMend,
  };
  return new PlanError({
    code: 'build-failed',
    exit: exitCodes.violated,
    what: `${t.buildFailed(folder)}\n${trimmed(words)}`,
    mend: mends[kind],
  });
}

function trimmed(words: string): string {
  const lines = stripVTControlCharacters(words).trim().split('\n');
  const shown = lines.slice(0, wordsInLines);
  if (lines.length > wordsInLines)
    shown.push(texts(implementationTexts).moreLines(lines.length - wordsInLines));
  return shown.map((line) => `  ${line}`).join('\n');
}
