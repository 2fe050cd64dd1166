import type { Cell, Text } from '../../../src/kata/index.js';
import { levels, type Anomaly, type Level, type Mark } from '../contract.js';
import { isRefused, seenIn, type Played } from '../story.js';

/** What the server did with one anomaly at one level, and what is documented. */
export interface Outcome {
  readonly anomaly: Anomaly;
  /** Of each script that was played. */
  readonly played: readonly Played[];
  /** `?` where a script could not be played to its end, or came to neither. */
  readonly mark: Mark | '?';
  /** False where a script was not played to its end. */
  readonly complete: boolean;
  readonly documented: Mark;
}

export function outcomeOf(anomaly: Anomaly, played: readonly Played[], level: Level): Outcome {
  const complete = played.length === anomaly.scripts.length && played.every((one) => one.complete);
  return {
    anomaly,
    played,
    complete,
    mark: complete ? worst(played.map(markOf)) : '?',
    documented: documentedAt(anomaly, level),
  };
}

export function markOf(played: Played): Mark | '?' {
  if (!played.complete) return '?';
  const seen = seenIn(played);
  if (played.script.happens(seen)) return '–';
  return played.script.prevented(seen) ? '✓' : '?';
}

export function cellOf({ anomaly, played, mark, documented }: Outcome): Cell {
  return {
    row: anomaly.id,
    title: anomaly.name,
    mark,
    how: mark === '✓' ? howOf(played) : { en: '', es: '' },
    ...(mark !== documented && { insteadOf: documented }),
  };
}

export const legend: Text = {
  en: '✓ prevented, by a snapshot (reads see only what was committed before), blocked (a statement had to wait) or 40001 (a transaction was refused). – happens.',
  es: '✓ se impide, por un snapshot (se lee solo lo que ya tenía commit), un bloqueo (una sentencia tuvo que esperar) o 40001 (se rechazó una transacción). – ocurre.',
};

function worst(marks: readonly (Mark | '?')[]): Mark | '?' {
  if (marks.includes('–')) return '–';
  return marks.includes('?') ? '?' : '✓';
}

function documentedAt({ documented }: Anomaly, level: Level): Mark {
  return documented[levels.indexOf(level)] ?? '✓';
}

/** What stood in the anomaly's way. Who was refused had often waited before: the refusal counts. */
function howOf(played: readonly Played[]): Text {
  const statements = played.flatMap((one) => one.statements);
  if (statements.some(isRefused)) return { en: '40001', es: '40001' };
  if (statements.some(({ waitsFor }) => waitsFor.length > 0))
    return { en: 'blocked', es: 'bloqueo' };
  return { en: 'snapshot', es: 'snapshot' };
}
