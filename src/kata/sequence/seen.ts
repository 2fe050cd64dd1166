import type { ObservedNote } from '../broker.js';
import type { History, Operation } from '../history.js';
import {
  client,
  type CallEndedNote,
  type CallNote,
  type EffectNote,
  type SequenceSpec,
  type Step,
} from './types.js';

/** Something that was seen, and what it was about. */
export interface Seen {
  readonly subject: string;
  readonly step: Step;
}

/** Requests, messages, calls and rows, each kind in its order. */
export function seen(spec: SequenceSpec, history: History, strategy: string): Seen[] {
  return [
    ...history.operations().flatMap((one) => asked(spec, one)),
    ...told(spec, history, strategy),
    ...called(spec, history),
    ...done(history),
  ];
}

function asked({ fields }: SequenceSpec, one: Operation): Seen[] {
  const { role, f, start, end, invokedOn, completedOn } = one;
  const subject = subjectIn(fields, one.asked);
  if (role === undefined || subject === undefined) return [];
  const asks = { kind: 'asks', from: client, to: [role], at: start, line: invokedOn } as const;
  const answers = { kind: 'answers', from: role, to: [client], at: end } as const;
  const line = completedOn ?? invokedOn;
  return [
    { subject, step: { ...asks, what: f } },
    ...(Number.isFinite(end) ? [{ subject, step: { ...answers, line, what: answerOf(one) } }] : []),
  ];
}

function answerOf({ outcome, answer, problem }: Operation): string {
  if (outcome === 'unknown') return problem?.detail ?? '?';
  const words = wordsIn(answer);
  return outcome === 'ok' && words !== '' ? words : [outcome, words].join(' ').trim();
}

/** Of an answer, what its plain fields say; ids are known already. */
function wordsIn(value: unknown): string {
  if (isPlain(value)) return String(value);
  if (typeof value !== 'object' || value === null) return '';
  const { status, reason } = value as Record<string, unknown>;
  return [status, reason].filter((one) => isPlain(one)).join(' ');
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function told({ fields, parties }: SequenceSpec, history: History, strategy: string): Seen[] {
  const before = new Set<string>();
  return history.notes<ObservedNote>('observed').flatMap(({ value: { message }, at, line }) => {
    const { key: what, id, body, correlationId } = message;
    const subject = subjectIn(fields, body) ?? correlationId;
    if (subject === undefined) return [];
    const { from, to } = parties(what, strategy) ?? { from: '?', to: [] };
    const isAgain = id !== '' && before.has(id);
    before.add(id);
    const step = { kind: 'tells' as const, from, to, at, line, what };
    return [{ subject, step: { ...step, ...(isAgain && { again: true as const }) } }];
  });
}

function called({ fields }: SequenceSpec, history: History): Seen[] {
  const ended = history.notes<CallEndedNote>('call-ended');
  return history.notes<CallNote>('call').flatMap(({ value: call, at, line }) => {
    const { n, from, to, method, path, body } = call;
    const subject = subjectIn(fields, body);
    if (subject === undefined) return [];
    const what = `${method} ${path}`;
    const asks: Step = { kind: 'asks', from, to: [to], at, line, what };
    const over = ended.find(({ value }) => value.n === n);
    if (over === undefined) return [{ subject, step: asks }];
    const { status, problem } = over.value;
    const answer: Step = {
      ...{ kind: 'answers', from: to, to: [from], at: over.at, line: over.line },
      what: status === undefined ? (problem ?? '?') : String(status),
    };
    return [
      { subject, step: asks },
      { subject, step: answer },
    ];
  });
}

function done(history: History): Seen[] {
  return history.notes<EffectNote>('effect').map(({ value, line }) => {
    const { role, table, change, subject, shown, at } = value;
    const gone = change === 'delete' ? '−' : '';
    return {
      subject,
      step: { kind: 'does', role, at, line, what: `${gone}${table} ${shown}`.trim() },
    };
  });
}

function subjectIn(fields: readonly string[], value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const field of fields) {
    const found: unknown = Object.hasOwn(value, field)
      ? (value as Record<string, unknown>)[field]
      : undefined;
    if (typeof found === 'string' && found !== '') return found;
  }
  return undefined;
}
