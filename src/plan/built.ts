import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode, exitCodes, PlanError } from '../base/errors.js';
import { packageRoot } from '../base/package.js';
import { curriculumTexts } from '../i18n/curriculum.js';
import { texts } from '../i18n/text.js';

/**
 * A file that the build makes of one in fixtures/: reading YAML would cost each command more than
 * all the rest.
 * @throws PlanError `not-built` where the build has not run
 */
export function readBuilt<T>(name: 'curriculum.json' | 'notes.json'): T {
  try {
    return JSON.parse(readFileSync(path.join(packageRoot, 'dist', name), 'utf8')) as T;
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause;
    const t = texts(curriculumTexts);
    const { environment: exit } = exitCodes;
    throw new PlanError({ code: 'not-built', exit, what: t.notBuilt, mend: t.buildIt, cause });
  }
}
