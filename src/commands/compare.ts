import type { Command } from 'commander';
import path from 'node:path';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { compareTexts } from '../i18n/compare.js';
import { journalTexts } from '../i18n/journal.js';
import { getLocale, texts } from '../i18n/text.js';
import { hasPrograms } from '../kata/define.js';
import { wordFor, type KataOnDisk } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { compareKata } from '../lab/run/compare.js';
import { readCurve } from '../lab/archive/curve.js';
import { exitOf } from '../lab/run/outcome.js';
import { writePicture } from '../plan/journal/picture.js';
import { writeJournal, type Written } from '../plan/journal/write.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { isDone, itemOf, recordImprovement } from '../plan/progress.js';
import { ownRoot } from '../plan/own-root.js';
import { findRoot } from '../plan/root.js';
import { comparisonOf, type ComparedCase } from '../report/view/comparison.js';
import { improvementOf, type Improvement } from '../report/view/improvement.js';
import { pageOf } from '../report/markdown/compare.js';
import { pictureOf } from '../report/markdown/picture.js';
import {
  compareJson,
  reportComparison,
  reportImprovement,
  reportPage,
} from '../report/terminal/compare.js';
import { compareCommand, parseCompareOptions } from './compare-options.js';
import { openKata } from './open-kata.js';
import { noPrograms } from './run-options.js';
import { inSession } from './session.js';

/** `plan compare <kata> --lang a,b`, `--impl ./mine` with or without `--before ./mine-old`: interleaved runs, ratios with their spread, a page of both. */
export async function compare(
  kataId: string | undefined,
  _options: unknown,
  command: Command,
): Promise<ExitCode> {
  const words = command.args.slice(kataId === undefined ? 0 : 1);
  if (kataId === '--help' || kataId === '-h') {
    command.outputHelp();
    return exitCodes.ok;
  }
  if (kataId === undefined || kataId.startsWith('-')) throw needsKata();
  const found = await openKata(kataId);
  if (!hasPrograms(found.kata)) throw noPrograms(found.kata, 'plan compare');
  if (words.includes('--help') || words.includes('-h')) {
    compareCommand(found.kata, wordFor(found)).outputHelp();
    return exitCodes.ok;
  }
  return measureAndTell(found, kataId, words);
}

async function measureAndTell(
  found: KataOnDisk,
  kataId: string,
  words: readonly string[],
): Promise<ExitCode> {
  const { wide, ...options } = parseCompareOptions(found.kata, words);
  const root = findRoot(process.cwd());
  const { json, provider, ...request } = options;
  const around = { json, provider, command: ['compare', kataId, ...words] };
  const record = await inSession(around, (session) => compareKata(found, request, session));
  const cases = comparisonOf(found.kata, record);
  // What was measured is told first: a page that can't be written hides nothing.
  if (!json) reportComparison(getLocale(), found, record, cases, wide ? 'below' : 'told');
  const noted = ownRoot(root);
  const improvement = options.before && improvementOf(record, cases);
  const written = await writePage(found, { record, cases, root: noted, improvement });
  const ticked = noted === undefined ? [] : await tick(noted, record, improvement);
  const { leavePage } = await import('./run-page.js');
  const page = { kata: found.kata, record, compared: cases };
  const told = await leavePage(root ?? process.cwd(), page);
  if (json) compareJson(record, cases, { page: written?.path, improvement, ticked });
  else reportPage(getLocale(), record, { written, root: noted, cwd: process.cwd(), page: told });
  if (!json && improvement) reportImprovement(getLocale(), improvement, ticked);
  return exitOf(record);
}

/** What the newer version has shown by being better than the older one. */
async function tick(
  root: string,
  record: RunRecord,
  improvement: Improvement | undefined,
): Promise<string[]> {
  if (improvement?.shown !== true || record.outcome === 'interrupted') return [];
  const { final } = loadCurriculum();
  const ids = final.items.filter(({ shownBy }) => shownBy === 'lower-p99').map(({ id }) => id);
  const { before, after } = await recordImprovement(root, record, ids);
  return ids.filter((id) => isDone(itemOf(after, id)) && !isDone(itemOf(before, id)));
}

interface Measured {
  readonly record: RunRecord;
  readonly cases: readonly ComparedCase[];
  readonly root: string | undefined;
  readonly improvement: Improvement | undefined;
}

/** Undefined where there is no journal to write into, or nothing to write down. */
async function writePage(
  { kata }: KataOnDisk,
  { record, cases, root, improvement }: Measured,
): Promise<Written<string> | undefined> {
  const languages = (cases[0]?.sides ?? []).map(({ language }) => language);
  const isTelling = cases.some(({ sides }) => sides.some(({ row }) => row.latency !== null));
  if (root === undefined || record.outcome === 'interrupted' || !isTelling) return undefined;
  const plain = (one: string): string => one.replaceAll('/', '-').replace(/[^\w-]+/g, '');
  const name = languages.map(plain).join('-vs-');
  const links = new Map<ComparedCase, string>();
  for (const compared of cases) {
    const link = `${name}/${kata.id}-${compared.name.replace(/[^\w-]+/g, '-')}.svg`;
    links.set(compared, link);
    await drawCurves(path.join(root, 'journal', link), kata, record, compared, root);
  }
  const { region, template, content, head, tail } = pageOf(getLocale(), {
    ...{ kata, record, cases, languages, improvement },
    linkOf: (compared) => links.get(compared) ?? '',
  });
  return writeJournal(root, {
    name: path.join('journal', `${name}.md`),
    template,
    contents: { [region]: content },
    words: {
      keptHead: () => texts(journalTexts).keptHead(texts(journalTexts).region.results),
      appendedHead: head,
      appendedTail: tail,
    },
  });
}

async function drawCurves(
  file: string,
  kata: KataOnDisk['kata'],
  record: RunRecord,
  compared: ComparedCase,
  root: string,
): Promise<void> {
  const folder = path.resolve(root, record.folder);
  const curves = await Promise.all(
    compared.sides.map(({ row }) =>
      Promise.all(row.cases.map(({ slug }) => readCurve(folder, slug))),
    ),
  );
  await writePicture(file, pictureOf(getLocale(), kata, compared, curves));
}

function needsKata(): PlanError {
  const t = texts(compareTexts);
  return new PlanError({
    code: 'needs-kata',
    exit: exitCodes.usage,
    what: t.needsKata,
    mend: t.needsKataMend,
  });
}
