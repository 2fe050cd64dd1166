import { History } from '../../kata/history.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { readSpans } from '../telemetry/stored.js';
import { readHistory, spansFile } from './folder.js';

/** What a case of a stored run has left: what happened, and what its programs told of it. */
export async function historyOf(
  folder: string,
  { slug, lines }: Pick<CaseRecord, 'slug' | 'lines'>,
): Promise<History> {
  const events = await readHistory(folder, lines);
  return new History(events, lines[0], await readSpans(spansFile(folder, slug)));
}
