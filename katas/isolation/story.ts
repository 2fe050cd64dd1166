import type { History, Operation } from '../../src/kata/index.js';
import { rowsText, type Script, type Seen } from './contract.js';
import type { Ended, Failed, Final, Returned, Sent, Waits } from './notes.js';

export type Statement = Operation<Sent, Returned | Failed> & {
  readonly waitsFor: readonly number[];
  /** Line of the note, where it waited. */
  readonly waitsOn: number | undefined;
};

/** One script as it was played. */
export interface Played {
  readonly script: Script;
  readonly statements: readonly Statement[];
  /** Every step was played or was one of a session that had been refused, and the table was read. */
  readonly complete: boolean;
  readonly final: string;
}

/** @returns undefined for a script that the history has nothing of */
export function playedIn(history: History, script: Script): Played | undefined {
  const ofScript = <V extends { script: string }>(f: string) =>
    history.notes<V>(f).filter(({ value }) => value.script === script.id);
  if (ofScript('script-begun').length === 0) return undefined;
  const waits = ofScript<Waits>('waits');
  const statements = history
    .operations<Sent, Returned | Failed>('statement')
    .filter(({ asked }) => asked.script === script.id)
    .map((statement) => {
      const wait = waits.find(
        ({ value: { step, session } }) =>
          step === statement.asked.step && session === statement.process,
      );
      return { ...statement, waitsFor: wait?.value.waitsFor ?? [], waitsOn: wait?.line };
    });
  const final = ofScript<Final>('final').at(-1)?.value.rows;
  const ended = ofScript<Ended>('script-ended').at(-1)?.value.complete === true;
  return {
    script,
    statements,
    complete: ended && final !== undefined && statements.every(isConclusive),
    final: rowsText(final ?? []),
  };
}

export function seenIn({ script, statements, final }: Played): Seen {
  const at = (step: number): Statement | undefined =>
    statements.find(({ asked }) => asked.step === step);
  return {
    reads: script.steps.flatMap(({ shows }, step) => (shows ? [readOf(at(step))] : [])),
    committed: statements.filter(isCommitted).map(({ process }) => process),
    refused: statements.filter(isRefused).map(({ process }) => process),
    waited: script.steps.every(({ waits }, step) => !waits || at(step)?.waitsOn !== undefined),
    final,
  };
}

/** What a read returned; undefined of one that failed or was never made. */
export function readOf(statement: Statement | undefined): string | undefined {
  const returned = returnedBy(statement);
  return returned && rowsText(returned.rows);
}

export function returnedBy(statement: Statement | undefined): Returned | undefined {
  return statement?.outcome === 'ok' ? (statement.answer as Returned) : undefined;
}

export function failureOf(statement: Statement): Failed | undefined {
  return statement.outcome === 'fail' ? (statement.answer as Failed) : undefined;
}

export function isRefused(statement: Statement): boolean {
  return failureOf(statement)?.code === '40001';
}

/** Any other failure (a limit, a right that is missing, a crash) says nothing of the level. */
function isConclusive(statement: Statement): boolean {
  return statement.outcome === 'ok' || isRefused(statement);
}

function isCommitted(statement: Statement): boolean {
  return returnedBy(statement)?.command === 'COMMIT';
}
