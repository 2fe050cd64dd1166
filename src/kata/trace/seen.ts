import type { ObservedNote } from '../broker.js';
import type { History, HistoryEvent } from '../history.js';
import { textsIn } from './names.js';
import type { Seen } from './types.js';

const most = 30;
const longest = 400;

/** What is in the history of whom these names name, in the order in which the lab saw it. */
export function seenOf(history: History, names: readonly string[]): Seen[] {
  const wanted = new Set(names);
  const isAbout = (value: unknown): boolean => textsIn(value).some((text) => wanted.has(text));
  const about = new Set(
    history.operations().flatMap(({ op, asked, answer }) => (isAbout([asked, answer]) ? [op] : [])),
  );
  const seen = history.events.flatMap((event, at) => {
    const found = event.type === 'note' ? noteOf(event, isAbout) : operationOf(event, about);
    return found.map((one): Seen => ({
      ...one,
      detail: one.detail.slice(0, longest),
      atMs: event.at / 1000,
      line: history.lineOf(at),
    }));
  });
  return seen.slice(0, most);
}

type Found = Pick<Seen, 'kind' | 'what' | 'detail'>;

function operationOf(event: HistoryEvent, about: ReadonlySet<number>): Found[] {
  if (event.type === 'note' || !about.has(event.op)) return [];
  const { type, f, role, value, problem } = event;
  const to = role === undefined ? f : `${f} → ${role}`;
  if (type === 'invoke') return [{ kind: 'asked', what: to, detail: JSON.stringify(value) }];
  const detail = problem ? problem.detail : JSON.stringify(value);
  return [{ kind: 'answered', what: `${f}: ${type}`, detail }];
}

function noteOf(
  { f, value }: Extract<HistoryEvent, { type: 'note' }>,
  isAbout: (value: unknown) => boolean,
): Found[] {
  if (f === 'observed') {
    const { message } = value as ObservedNote;
    const { key, headers, body } = message;
    if (!isAbout([headers, body])) return [];
    return [{ kind: 'message', what: key, detail: JSON.stringify({ headers, body }) }];
  }
  // What a program said at length is told by its log.
  if (f === 'log') return [];
  return partsAbout(value, isAbout)
    .slice(0, 3)
    .map((part) => ({ kind: 'note', what: f, detail: JSON.stringify(part) }));
}

/** The smallest objects in a value that name one of them. */
function partsAbout(value: unknown, isAbout: (value: unknown) => boolean): unknown[] {
  if (typeof value !== 'object' || value === null || !isAbout(value)) return [];
  const inside = Object.values(value).flatMap((one) => partsAbout(one, isAbout));
  return inside.length > 0 ? inside : [value];
}
