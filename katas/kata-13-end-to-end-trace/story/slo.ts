import type { History, TelemetryNote } from '../../../src/kata/index.js';
import type { Accepted, Sent, SloNote } from '../notes.js';
import { compressedBy, paging, withinSeconds, budget } from '../contract/objective.js';

/** One order of the act, by the client's clock. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly sent: number;
  readonly answered: number;
  readonly isAccepted: boolean;
  readonly line: number;
}

export interface SloStory extends SloNote {
  readonly line: number;
  readonly asked: readonly Asked[];
  /** Orders of which nobody knows what was answered. */
  readonly uncertain: number;
}

export function sloOf(history: History): SloStory | undefined {
  const [note] = history.notes<SloNote>('slo');
  const [telemetry] = history.notes<TelemetryNote>('telemetry');
  if (note === undefined || telemetry === undefined) return undefined;
  const { epochUs } = telemetry.value;
  const all = history
    .operations<Sent, Accepted>('place')
    .filter(({ asked }) => asked.act === 'slo');
  return {
    ...note.value,
    line: note.line,
    uncertain: all.filter(({ outcome }) => outcome === 'unknown').length,
    asked: all
      .filter(({ outcome }) => outcome !== 'unknown')
      .map(({ start, end, outcome, completedOn, invokedOn }) => ({
        sent: (epochUs + start) / 1000,
        answered: (epochUs + end) / 1000,
        isAccepted: outcome === 'ok',
        line: completedOn ?? invokedOn,
      })),
  };
}

/** Where nothing was late by the client's clock, nothing was inside either: it waits longer outside. */
export const isBad = ({ sent, answered, isAccepted }: Asked): boolean =>
  !isAccepted || answered - sent > 1000 * withinSeconds;

/** The broker was late with it for certain, from the first byte to the last. */
export const isBadForCertain =
  ({ outage, lateMs }: SloNote) =>
  ({ sent, answered, isAccepted }: Asked): boolean =>
    !isAccepted || (sent >= outage.from && answered <= outage.until && answered - sent >= lateMs);

/** The windows of the page as they are compressed, in milliseconds; and the share that calls somebody. */
export const windows = {
  longMs: (1000 * paging.long) / compressedBy,
  shortMs: (1000 * paging.short) / compressedBy,
};
export const limit = paging.burn * budget;

/** The smaller share of the two windows: the page needs both. */
export function shareAt({ asked }: SloStory, at: number, is: (one: Asked) => boolean): number {
  const over = (ms: number): number => {
    const within = asked.filter(({ answered }) => answered > at - ms && answered <= at);
    return within.length === 0 ? 0 : within.filter(is).length / within.length;
  };
  return Math.min(over(windows.longMs), over(windows.shortMs));
}
