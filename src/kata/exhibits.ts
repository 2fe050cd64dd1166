import type { Text } from '../i18n/text.js';

/** What a case has to show beside its verdict; in place of the usual table where nothing else is said. */
export interface Exhibits {
  /** The case's column of a matrix; the cases of a run stand side by side. */
  readonly column: Text;
  readonly cells: readonly Cell[];
  /** What the marks and words of the cells mean, in a line. */
  readonly legend: Text;
  readonly transcripts: readonly Transcript[];
  /** The usual table of figures is told as well. */
  readonly withFigures?: true;
}

/**
 * How often something happened over time. The charts of a run's cases stand one below the other, on
 * one scale, so they count the same in equally long steps.
 */
export interface Chart {
  readonly title: Text;
  /** Milliseconds of a step. */
  readonly stepMs: number;
  /** One for each step, from the beginning on. */
  readonly counts: readonly number[];
  /** What went on meanwhile, shown below the steps. */
  readonly span?: ChartSpan;
}

export interface ChartSpan {
  readonly name: Text;
  /** Steps, counted from 0, both included. */
  readonly from: number;
  readonly to: number;
}

/** One field of the matrix. */
export interface Cell {
  /** Ties it to the row of that name: `P4`. */
  readonly row: string;
  /** What the row is about: "lost update". */
  readonly title: Text;
  /** One sign: ✓, –, ? */
  readonly mark: string;
  /** How it came about, in a word or two; empty where nothing needs saying. */
  readonly how: Text;
  /** Set where the mark should be another one. */
  readonly insteadOf?: string;
}

/** Parties side by side, time downwards. */
export interface Transcript {
  /** The row of the cell that it explains. */
  readonly row: string;
  readonly title: Text;
  readonly parties: readonly Text[];
  readonly moments: readonly Moment[];
  /** What came of it, and what it means. */
  readonly meaning: Text;
  /** Printed with the run; the others are for the journal. */
  readonly told: boolean;
}

/** What one party did, or what happened to it. */
export interface Moment {
  /** Index into `parties`. */
  readonly party: number;
  readonly said: readonly { readonly kind: SaidKind; readonly text: Text }[];
}

/** `does` is quoted as it was; the others are told. */
export type SaidKind = 'does' | 'gets' | 'waits' | 'fails';
