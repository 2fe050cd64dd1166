import { agreeing, counted } from '../../i18n/words.js';
import path from 'node:path';
import type { DeadLetters, LetterOutcome } from '../../kata/dead-letters.js';
import type { Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { finding, type CheckResult } from '../../kata/findings.js';
import { History } from '../../kata/history.js';
import type { RunRecord } from '../../kata/run-record.js';
import { stepsOf } from '../run/replay.js';
import { runSteps, type RunContext } from '../run/run.js';
import { readHistory } from '../archive/folder.js';
import {
  isReplayFolder,
  keptNote,
  replaysFolder,
  type CaseWithLetters,
  type Kept,
  type RunWithLetters,
  type StoredLetter,
} from './stored.js';

export interface LettersToReplay {
  readonly run: RunWithLetters;
  readonly one: CaseWithLetters;
  readonly chosen: readonly StoredLetter[];
  /** Whether what had failed works now. */
  readonly mended: boolean;
}

export interface ReplayedLetters {
  readonly record: RunRecord;
  readonly outcomes: readonly LetterOutcome[];
}

/**
 * Sends dead letters again, to the same implementation and strategy that had given them up. A run of
 * its own, below `results/<kata>/dlq`; what it left alone it takes down as dead still.
 * @throws PlanError `cannot-replay`, and what a run throws where nothing can be run
 */
export async function replayLetters(
  found: KataOnDisk,
  deadLetters: DeadLetters,
  { run, one, chosen, mended }: LettersToReplay,
  context: RunContext,
): Promise<ReplayedLetters> {
  const kept = one.letters.filter(({ n }) => !chosen.some((letter) => letter.n === n));
  // A letter that died twice is sent once: nobody wants its effect twice.
  const unique = chosen.filter(
    ({ id, n }) => id === '' || !chosen.some((other) => other.id === id && other.n < n),
  );
  const stored = { ...run.record, cases: [{ ...one.record, index: 0, repetition: 1 }] };
  const [step] = await stepsOf(found, stored, context);
  if (!step) throw new Error('a case became no step');
  const planned = { ...step.planned, expected: { verdict: 'holds' as const } };
  const kata: Kata = {
    ...found.kata,
    async experiment(lab, options) {
      lab.note(keptNote, { letters: kept } satisfies Kept);
      await deadLetters.replay(lab, unique, { mended }, options);
    },
    check: checkOf(deadLetters),
  };
  const record = await runSteps({ ...found, kata }, [{ ...step, planned }], stored.seed, {
    ...context,
    results: path.join(kata.id, replaysFolder),
  });
  return { record, outcomes: await outcomesOf(deadLetters, record, context.root) };
}

/** The kata as a stored run is to be checked: of a replay of dead letters something else must hold. */
export function kataOfStored(kata: Kata, folder: string): Kata {
  const { deadLetters } = kata;
  if (!deadLetters || !isReplayFolder(folder)) return kata;
  return { ...kata, check: checkOf(deadLetters) };
}

function checkOf(deadLetters: DeadLetters): Kata['check'] {
  return (history) => check(deadLetters.outcomes(history));
}

async function outcomesOf(
  deadLetters: DeadLetters,
  { cases, folder }: RunRecord,
  root: string,
): Promise<readonly LetterOutcome[]> {
  const [done] = cases;
  if (!done) return [];
  const events = await readHistory(path.resolve(root, folder), done.lines);
  return deadLetters.outcomes(new History(events, done.lines[0]));
}

/** Each must have become what this replay arranged. */
export function check(outcomes: readonly LetterOutcome[]): CheckResult {
  const wrong = outcomes.filter(({ became, must }) => became !== must);
  const [first] = wrong;
  const witness = first && {
    story: {
      en: `${first.id} should be ${first.must} now and is ${first.became}, after ${counted.en(first.attempts, 'attempt', 'attempts')}; ${wrong.length} of ${outcomes.length} ${agreeing.en(wrong.length, 'is not what it', 'are not what they')} should be.`,
      es: `${first.id} debería estar ${words[first.must]} y está ${words[first.became]}, tras ${counted.es(first.attempts, 'intento', 'intentos')}; ${wrong.length} de ${outcomes.length} ${agreeing.es(wrong.length, 'no está como debería', 'no están como deberían')}.`,
    },
    lines: [],
  };
  const rule = {
    en: 'Every dead letter that was sent again comes to what it must.',
    es: 'Cada dead letter reenviado acaba como debe.',
  };
  const count = (became: LetterOutcome['became']): number =>
    outcomes.filter((one) => one.became === became).length;
  return {
    findings: [finding('replayed-as-it-must', rule, witness)],
    coverage: [
      {
        condition: 'letters-sent-again',
        met: outcomes.length > 0,
        story: {
          en: `${counted.en(outcomes.length, 'letter was', 'letters were')} sent again (1 is needed)`,
          es: `${agreeing.es(outcomes.length, 'se reenvió', 'se reenviaron')} ${counted.es(outcomes.length, 'mensaje', 'mensajes')} (hace falta 1)`,
        },
      },
    ],
    figures: { done: count('done'), dead: count('dead'), lost: count('lost') },
  };
}

const words: Readonly<Record<LetterOutcome['became'], string>> = {
  done: 'hecho',
  dead: 'muerto',
  waiting: 'en la cola',
  lost: 'perdido',
};
