import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { packageRoot } from '../base/package.js';
import { journalTexts } from '../i18n/journal.js';
import { getLocale, texts } from '../i18n/text.js';
import { wordFor, type KataOnDisk } from '../kata/discover.js';
import { findStrategySource } from '../lab/implementation/index.js';
import { historyLines, storedRuns } from '../lab/stored-runs.js';
import { writeJournal } from '../plan/journal/write.js';
import { requireRoot } from '../plan/required-root.js';
import { chooseRuns, type Chosen, type JournalRun } from '../report/journal/choose.js';
import { journalContents } from '../report/journal/contents.js';
import { fillTemplate } from '../report/journal/template.js';
import { journalJson, reportJournal } from '../report/journal/told.js';
import { openKata } from './open-kata.js';

/** `plan doc <kata>`: what was measured goes into the journal, beside what the learner writes. */
export async function doc(
  kataId: string,
  { json = false }: { json?: boolean },
): Promise<undefined> {
  const root = requireRoot();
  const found = await openKata(kataId);
  const unreadable: string[] = [];
  const chosen = await chooseRuns(found.kata, readable(root, found.kata.id, unreadable));
  if (!chosen) throw noRuns(wordFor(found));
  const t = texts(journalTexts);
  const written = await writeJournal(root, {
    name: path.join('journal', `${found.kata.id}.md`),
    template: fillTemplate(await readTemplate(), found.kata),
    contents: await contentsOf(found, chosen, root),
    words: { keptHead: (region) => t.keptHead(t.region[region]), appendedHead: t.appendedHead },
  });
  if (json) journalJson(written);
  else reportJournal(written, { unreadable, cwd: process.cwd() });
}

async function* readable(
  root: string,
  kata: string,
  unreadable: string[],
): AsyncGenerator<JournalRun> {
  for await (const { folder, record } of storedRuns(root, kata)) {
    if (record) yield { folder, record };
    else unreadable.push(folder);
  }
}

async function contentsOf(found: KataOnDisk, chosen: Chosen, root: string) {
  const { key, failures } = chosen;
  const { kata, folder: kataFolder } = found;
  const snippet = key
    ? await findStrategySource({
        record: key.one.implementation,
        strategy: key.one.strategy,
        kataFolder,
        root,
      })
    : undefined;
  const proofs = await Promise.all(
    failures.map(({ run, finding }) => historyLines(run.folder, finding.witness?.lines ?? [])),
  );
  return journalContents({ kata, word: wordFor(found), chosen, snippet, proofs });
}

async function readTemplate(): Promise<string> {
  const file = path.join(packageRoot, 'fixtures', 'templates', `journal.${getLocale()}.md`);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const t = texts(journalTexts);
    const { environment: exit } = exitCodes;
    const what = t.noTemplate(file);
    throw new PlanError({ code: 'no-template', exit, what, mend: t.noTemplateMend, cause });
  }
}

function noRuns(kata: string): PlanError {
  const t = texts(journalTexts);
  return new PlanError({
    code: 'no-runs',
    exit: exitCodes.environment,
    what: t.noRuns(kata),
    mend: t.noRunsMend(kata),
  });
}
