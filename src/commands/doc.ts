import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { packageRoot } from '../base/package.js';
import { journalTexts } from '../i18n/journal.js';
import { getLocale, texts } from '../i18n/text.js';
import { hasPrograms, type Kata } from '../kata/define.js';
import { wordFor, type KataOnDisk } from '../kata/discover.js';
import { findStrategySource } from '../lab/implementation/index.js';
import { historyOf } from '../lab/archive/history-of.js';
import { historyLines, storedRuns } from '../lab/archive/runs.js';
import { writePicture } from '../plan/journal/picture.js';
import { writeJournal } from '../plan/journal/write.js';
import { isDone, itemOf, localDate, tickItems } from '../plan/progress.js';
import { requireRoot } from '../plan/required-root.js';
import { chooseRuns, isLesson, type Chosen, type JournalRun } from '../report/view/choose.js';
import { caseShown, handedInContents } from '../report/markdown/handed-in.js';
import { journalContents } from '../report/markdown/journal.js';
import { playedContents } from '../report/markdown/played.js';
import { panelsFile, panelsSvg } from '../report/markdown/panels-svg.js';
import { fillTemplate } from '../report/markdown/template.js';
import { journalJson, reportJournal, type WrittenPage } from '../report/terminal/journal.js';
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
  const written = await writePage(found, chosen, root);
  const ticked = await tickDeliverable(found.kata, chosen, root);
  if (json) journalJson(written, ticked);
  else reportJournal(getLocale(), written, { unreadable, ticked, cwd: process.cwd() });
}

async function writePage(found: KataOnDisk, chosen: Chosen, root: string): Promise<WrittenPage> {
  const t = texts(journalTexts);
  const { kata } = found;
  await drawPanels(kata, chosen, root);
  const name = path.join('journal', `${kata.id}.md`);
  const words = {
    keptHead: (region: keyof typeof t.region) => t.keptHead(t.region[region]),
    appendedHead: t.appendedHead,
  };
  if (!hasPrograms(kata)) {
    const template = fillTemplate(getLocale(), await readTemplate('journal-played'), kata);
    const contents = playedContents(getLocale(), kata, chosen);
    return writeJournal<keyof typeof contents>(root, { name, template, contents, words });
  }
  const shown = kata.requirements && caseShown(kata, chosen);
  if (shown) {
    const template = fillTemplate(getLocale(), await readTemplate('journal-handed-in'), kata);
    const history = await historyOf(shown.run.folder, shown.one);
    const contents = handedInContents(getLocale(), kata, { chosen, shown, history });
    return writeJournal<keyof typeof contents>(root, { name, template, contents, words });
  }
  const template = fillTemplate(getLocale(), await readTemplate('journal'), kata);
  const contents = await contentsOf(found, chosen, root);
  return writeJournal<keyof typeof contents>(root, { name, template, contents, words });
}

/** Beside the page, which shows it. */
async function drawPanels(kata: Kata, { panels }: Chosen, root: string): Promise<void> {
  const tracks = panels?.one.tracks;
  if (tracks === undefined) return;
  const title = kata.title[getLocale()];
  const file = path.join(root, 'journal', panelsFile(kata.id));
  await writePicture(file, panelsSvg(getLocale(), title, tracks));
}

/**
 * A kata without programs is a deliverable: its page is what is asked for, once all of the lesson is
 * on it. Whether the answers are there too, only the learner can say; so it counts as by hand.
 * @returns what was not ticked before
 */
async function tickDeliverable(kata: Kata, chosen: Chosen, root: string): Promise<string[]> {
  const record = chosen.reference?.record;
  const { item } = kata;
  if (hasPrograms(kata) || !item || !record || !isLesson(kata, record)) return [];
  if (record.cases.some(({ verdict }) => verdict === 'error' || verdict === 'inconclusive'))
    return [];
  const { before } = await tickItems(root, [item], localDate(new Date()));
  return isDone(itemOf(before, item)) ? [] : [item];
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
  return journalContents(getLocale(), { kata, word: wordFor(found), chosen, snippet, proofs });
}

async function readTemplate(name: string): Promise<string> {
  const file = path.join(packageRoot, 'fixtures', 'templates', `${name}.${getLocale()}.md`);
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
