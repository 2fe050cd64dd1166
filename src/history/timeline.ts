import type { FaultEndedNote, FaultNote } from '../kata/faults.js';
import type { History } from '../kata/history.js';
import type { Timeline, TimelineFault } from '../kata/run-record.js';

const slots = 60;

/**
 * When the faults of a case began and ended, and what was answered meanwhile; undefined for a case
 * without faults. Of a load that is only counted, what came right is not in the history: such a case
 * gets no slots.
 */
export function timelineOf(history: History): Timeline | undefined {
  const faults = [...faultsIn(history), ...killsIn(history)].sort((a, b) => a.fromMs - b.fromMs);
  const operations = history.operations().filter(({ problem }) => problem?.own !== true);
  if (faults.length === 0 || operations.length === 0) return undefined;
  const ends = operations.map(({ end }) => end).filter(Number.isFinite);
  const from = operations.reduce((least, { start }) => Math.min(least, start), Infinity);
  const until = Math.max(
    ends.reduce((most, end) => Math.max(most, end), from),
    ...faults.map(({ fromMs, untilMs }) => (untilMs ?? fromMs) * 1000),
  );
  const slot = Math.max(1, Math.ceil((until - from + 1) / slots));
  const answered = Array.from({ length: slots }, () => 0);
  const unanswered = Array.from({ length: slots }, () => 0);
  for (const { end, outcome } of operations) {
    const at = Math.min(slots - 1, Math.floor((end - from) / slot));
    const counts = outcome === 'unknown' ? unanswered : answered;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const isCounted = history.notes('load').length > 0;
  return {
    fromMs: from / 1000,
    slotMs: slot / 1000,
    slots,
    ...(!isCounted && { answered, unanswered }),
    faults,
    scheduled: history.notes('schedule').length > 0,
  };
}

/** A fault of a proxy or a freeze point, from its beginning to its end; others are moments. */
function faultsIn(history: History): TimelineFault[] {
  const ended = history.notes<FaultEndedNote>('fault-ended');
  return history.notes<Omit<FaultNote, 'n'> & { n?: number }>('fault').map(({ value, at }) => {
    const isMoment = value.n === undefined || value.kind === 'cut';
    const end = isMoment ? at : ended.find((note) => note.value.n === value.n)?.at;
    return {
      what: value.kind,
      target: value.target,
      ...(value.role !== undefined && { role: value.role }),
      fromMs: at / 1000,
      untilMs: end === undefined ? null : end / 1000,
    };
  });
}

/** From a kill until a program of the same role is started again. */
function killsIn(history: History): TimelineFault[] {
  const started = history.notes<{ role?: string }>('program-started');
  return history.notes<{ role?: string }>('program-killed').map(({ at, value: { role } }) => {
    const again = started.find((one) => one.at > at && one.value.role === role)?.at;
    return {
      what: 'killed',
      target: 'program',
      ...(role !== undefined && { role }),
      fromMs: at / 1000,
      untilMs: again === undefined ? null : again / 1000,
    };
  });
}
