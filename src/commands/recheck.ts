import { exitCodes, type ExitCode } from '../base/errors.js';
import { findKata } from '../kata/discover.js';
import { recheckRun } from '../lab/recheck.js';
import { exitOf } from '../lab/outcome.js';
import { printJson } from '../report/output.js';
import { reportRecheck } from '../report/recheck.js';

/** `plan recheck RUN`: the checkers of today on the history of then; nothing stored is changed. */
export async function recheck(where: string, options: { json?: boolean }): Promise<ExitCode> {
  const { record, changed } = await recheckRun(where, async (id) => (await findKata(id)).kata);
  const { kata } = await findKata(record.kata);
  if (options.json === true) printJson({ ...record, changed });
  else reportRecheck(kata, record, changed);
  return changed.length > 0 ? exitCodes.violated : exitOf(record);
}
