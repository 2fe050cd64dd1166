import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { onwardTexts } from '../i18n/onward.js';
import { getLocale, texts } from '../i18n/text.js';
import { hasPrograms, type Kata } from '../kata/define.js';
import { wordFor, type KataOnDisk } from '../kata/discover.js';
import { defaultsOf } from '../kata/options.js';
import type { CaseRecord } from '../kata/run-record.js';
import { findStrategySource } from '../lab/implementation/index.js';
import { storedRuns } from '../lab/archive/runs.js';
import { findRoot } from '../plan/root.js';
import { isInteractive, print } from '../report/terminal/output.js';
import { style } from '../report/terminal/style.js';
import { isOwn } from '../report/view/onward.js';
import { foreign, foreignLine } from '../report/view/foreign.js';
import { oneOf } from './option-values.js';

/**
 * `plan show kata-4 --solution [strategy]`: the reference's own file, beside the learner's. What has
 * not held yet is asked about twice, and never shown without a terminal.
 */
export async function showSolution(found: KataOnDisk, given: string | true): Promise<undefined> {
  const t = texts(onwardTexts);
  const { kata } = found;
  const { usage: exit } = exitCodes;
  if (!hasPrograms(kata))
    throw new PlanError({ code: 'no-solution', exit, what: t.noSolution(kata.id) });
  const root = findRoot(process.cwd());
  const own = root === undefined ? undefined : await lastHeld(kata, root);
  const strategy =
    given === true
      ? strategyLike(kata, own)
      : oneOf('solution', given, Object.keys(kata.strategies));
  if (!own && !isInteractive()) {
    const mend = `plan run ${wordFor(found)} --impl ./mine`;
    throw new PlanError({ code: 'not-held-yet', exit, what: t.refused, mend });
  }
  if (!own && !(await isMeant())) {
    print(t.keptBack);
    return;
  }
  const source = await sourceOf(found, strategy, own);
  if (!source) throw new PlanError({ code: 'no-solution', exit, what: t.noSolution(kata.id) });
  print(`${style.bold(t.solutionOf(foreignLine(source.path)))}\n\n${foreign(source.code)}`);
  if (own) print(`  ${t.besideYours(foreignLine(own.implementation.path))}`);
}

async function sourceOf(found: KataOnDisk, strategy: string, own: CaseRecord | undefined) {
  const { kata, folder } = found;
  const written = own?.implementation.language;
  const language = kata.languages.find((name) => name === written) ?? kata.languages[0] ?? '';
  const place = path.join(folder, language);
  return findStrategySource({
    record: { kind: 'reference', language, runtime: '', path: place, hash: '' },
    strategy,
    kataFolder: folder,
    root: process.cwd(),
  });
}

/** The one that the learner's own took, else the last that is taught and holds. */
function strategyLike(kata: Kata, own: CaseRecord | undefined): string {
  const names = Object.keys(kata.strategies);
  if (own && names.includes(own.strategy)) return own.strategy;
  const options = defaultsOf(kata.options);
  const cures = names.filter((name) => kata.expect(name, options).verdict === 'holds');
  return cures.at(-1) ?? kata.defaultStrategy;
}

async function lastHeld(kata: Kata, root: string): Promise<CaseRecord | undefined> {
  for await (const { record } of storedRuns(root, kata.id)) {
    const held = record?.cases.find(
      (one) => isOwn(one) && one.verdict === 'holds' && one.acts === undefined,
    );
    if (held) return held;
  }
  return undefined;
}

async function isMeant(): Promise<boolean> {
  const t = texts(onwardTexts);
  const { chooseOne } = await import('../report/terminal/questions.js');
  const choices = [
    { name: t.no, value: 'no' },
    { name: t.yes, value: 'yes' },
  ];
  for (const question of [t.beforeHeld, t.reallyShow])
    if ((await chooseOne(getLocale(), question, choices)) !== 'yes') return false;
  return true;
}
