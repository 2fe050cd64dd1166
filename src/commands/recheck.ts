import { exitCodes, type ExitCode } from '../base/errors.js';
import type { KataOnDisk } from '../kata/discover.js';
import { kataOfStored } from '../lab/dead-letters/index.js';
import { readCutOff } from '../lab/archive/cut-off.js';
import { recheckRun } from '../lab/run/recheck.js';
import { exitOf } from '../lab/run/outcome.js';
import { reportCutOff } from '../report/terminal/cut-off.js';
import { printJson } from '../report/terminal/output.js';
import { reportRecheck } from '../report/terminal/recheck.js';
import { kataOfRun } from './kata-of-run.js';
import { getLocale } from '../i18n/text.js';

interface Options {
  readonly json?: boolean;
  /** All columns, whatever the width. */
  readonly wide?: boolean;
  /** Where a kata from outside is now. */
  readonly kata?: string;
}

/**
 * `plan recheck RUN`: the checkers of today on the history of then; nothing stored is changed. Of a
 * run that was cut off, what it saw.
 */
export async function recheck(where: string, options: Options): Promise<ExitCode> {
  const cutOff = await readCutOff(where);
  if (cutOff) {
    if (options.json === true) printJson(cutOff);
    else reportCutOff(getLocale(), cutOff);
    return exitCodes.inconclusive;
  }
  let found: KataOnDisk | undefined;
  const { record, changed } = await recheckRun(where, async (run) => {
    found = await kataOfRun('recheck', where, run, options.kata);
    return kataOfStored(found.kata, run.folder);
  });
  if (options.json === true) printJson({ ...record, changed });
  else if (found)
    reportRecheck(
      getLocale(),
      found.kata,
      record,
      changed,
      options.wide === true ? 'below' : 'told',
    );
  return changed.length > 0 ? exitCodes.violated : exitOf(record);
}
