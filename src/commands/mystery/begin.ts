import { randomInt } from 'node:crypto';
import { exitCodes, PlanError } from '../../base/errors.js';
import { mysteryTexts } from '../../i18n/mystery.js';
import { texts } from '../../i18n/text.js';
import type { MysterySpec } from '../../kata/mystery.js';
import type { RunRecord } from '../../kata/run-record.js';
import { runKata } from '../../lab/run/run.js';
import { writeMysteries, type Mysteries, type OpenMystery } from '../../plan/mysteries.js';
import { inSession, type Around, type Session } from '../session.js';
import { leavePage } from '../run-page.js';
import type { Desk } from './desk.js';

type Given = Pick<Around, 'json' | 'provider'>;

/**
 * Chooses a cause, takes down the number that hides it, and runs the load.
 * @param cause of authors and tests; left out, one that was not there of late
 */
export async function begin(
  desk: Desk,
  cause: string | undefined,
  given: Given,
): Promise<OpenMystery> {
  const number = numberFor(desk.spec, desk.mysteries, cause);
  const open: OpenMystery = { number, run: null, hints: 0, wrong: [] };
  // Before the run: whoever is killed in it goes on with the same one.
  await writeMysteries(desk.root, { ...desk.mysteries, open });
  return goOn(desk, open, given);
}

/** How often it is run where other things on the machine blur it. */
const tries = 3;
/** And how often where they only make it harder to see. */
const patience = 1;

/**
 * Runs it until its traces are clear. @throws PlanError where they never are, or the run failed: the
 * mystery stays open
 */
export async function goOn(desk: Desk, open: OpenMystery, given: Given): Promise<OpenMystery> {
  const t = texts(mysteryTexts);
  // As it is stored with the run: without the cause that an author may have asked for.
  const around = { ...given, command: ['mystery'], root: desk.root, isLong: true };
  const run = await inSession(around, async (session) => {
    for (let n = 1; n <= tries; n += 1) {
      const record = await runOnce(desk, open.number, session);
      if (record.outcome === 'as-expected' && (isCalm(record) || n > patience)) {
        await leavePage(desk.root, { kata: desk.found.kata, record });
        return record.folder;
      }
      failedRun(record, session.signal);
      if (n < tries) session.onNotice(t.onceMore(n + 1));
    }
    throw new PlanError({
      ...{ code: 'mystery-unclear', exit: exitCodes.inconclusive },
      ...{ what: t.unclear(tries), mend: 'plan mystery' },
    });
  });
  const ready = { ...open, run };
  await writeMysteries(desk.root, { ...desk.mysteries, open: ready });
  return ready;
}

const isCalm = ({ cases }: RunRecord): boolean =>
  cases.every(({ figures }) => figures['calm'] === 1);

function runOnce({ found, spec }: Desk, number: number, session: Session): Promise<RunRecord> {
  const { kata } = found;
  return runKata(
    found,
    {
      ...{ strategy: kata.defaultStrategy, language: undefined, own: undefined },
      ...{ options: { [spec.number]: number }, seed: randomInt(2 ** 31), repeat: 1 },
    },
    session,
  );
}

/** @throws PlanError as the case says it; on Ctrl-C what the signal says */
function failedRun({ cases }: RunRecord, signal: AbortSignal): void {
  signal.throwIfAborted();
  const error = cases.flatMap((one) => one.error ?? [])[0];
  if (error === undefined) return;
  const { code, exit, what, mend = 'plan mystery' } = error;
  throw new PlanError({ code, exit, what: `${texts(mysteryTexts).runFailed} ${what}`, mend });
}

/** At random, until one hides what is wanted: nothing but the number is kept. */
function numberFor(
  { causes, causeOf }: MysterySpec,
  { past }: Mysteries,
  cause: string | undefined,
): number {
  const late = past.slice(1 - Object.keys(causes).length).map(({ number }) => causeOf(number));
  for (;;) {
    const number = randomInt(1, 2 ** 31 - 1);
    const hidden = causeOf(number);
    if (cause === undefined ? !late.includes(hidden) : hidden === cause) return number;
  }
}
