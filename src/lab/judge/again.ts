import type { ActNote } from '../../kata/acts.js';
import { History, type HistoryEvent, type NoteEvent } from '../../kata/history.js';

/** Without what acts came to that were then played again; every line keeps its number. */
export function withoutVoid(history: History): History {
  const voids = history.notes<ActNote>('act-again');
  if (voids.length === 0) return history;
  const began = history.notes<ActNote>('act-began');
  const first = history.lineOf(0);
  const spans = voids.map(({ value: { act }, line: until }) => ({
    from: began.findLast((one) => one.value.act === act && one.line < until)?.line ?? until,
    until,
  }));
  const isWithin = (index: number): boolean =>
    spans.some(({ from, until }) => first + index >= from && first + index <= until);
  const operations = new Set<number>();
  history.events.forEach((event, index) => {
    if (event.type === 'invoke' && isWithin(index)) operations.add(event.op);
  });
  const isVoid = (event: HistoryEvent, index: number): boolean =>
    isWithin(index) || (event.type !== 'note' && operations.has(event.op));
  const events = history.events.map((event, n) => (isVoid(event, n) ? nothing(event) : event));
  return new History(events, first, history.spans);
}

const nothing = ({ case: of, at }: HistoryEvent): NoteEvent => ({
  ...{ case: of, at, type: 'note', f: 'void' },
  value: null,
});
