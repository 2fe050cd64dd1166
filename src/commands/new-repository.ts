import path from 'node:path';
import { getLocale } from '../i18n/text.js';
import type { KataOnDisk } from '../kata/discover.js';
import { findKata } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { storedRuns } from '../lab/archive/runs.js';
import { layDownRepository, type TemplateName } from '../lab/scaffold/index.js';
import { findRoot } from '../plan/root.js';
import { localDate } from '../plan/progress.js';
import { languagesOf, measuredOf } from '../report/markdown/measured.js';

/** The katas that set languages beside each other, and what measures several. */
const measuring = [
  { id: 'kata-1', command: 'plan compare kata-1 --lang node,go,rust' },
  { id: 'kata-2', command: 'plan compare kata-2 --lang node,go,rust' },
] as const;

/** Older runs than these are not looked through. */
const mostRuns = 50;

interface Wanted {
  readonly folder: string;
  readonly shown: string;
  readonly mend: string;
}

/** What a kata that is handed in has around its services. Nothing that is there is touched. */
export async function newRepository(
  place: Wanted,
  found: KataOnDisk,
  languages: ReadonlyMap<string, TemplateName>,
): Promise<string[]> {
  const date = localDate(new Date());
  const values = { figures: await figures(), languages, date };
  return layDownRepository(place, found, values);
}

async function figures(): Promise<string> {
  const root = findRoot(process.cwd());
  const parts = measuring.map(async ({ id, command }) => {
    const { kata } = await findKata(id);
    const record = root === undefined ? undefined : await latestMeasured(path.resolve(root), id);
    return measuredOf(getLocale(), { kata, record, command });
  });
  return (await Promise.all(parts)).join('\n\n');
}

/** The newest run of several languages: they were measured side by side. Else the newest of one. */
async function latestMeasured(root: string, kata: string): Promise<RunRecord | undefined> {
  let single: RunRecord | undefined;
  let read = 0;
  for await (const { record } of storedRuns(root, kata)) {
    if (record !== undefined) {
      const { size } = languagesOf(record);
      if (size > 1) return record;
      if (size === 1) single ??= record;
    }
    read += 1;
    if (read >= mostRuns) break;
  }
  return single;
}
