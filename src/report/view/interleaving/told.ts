import { explainTexts } from '../../../i18n/explain.js';
import type { Locale } from '../../../i18n/text.js';
import type { Interleaving, Lane, Ran, Step, Waited } from '../../../kata/interleaving/index.js';
import { bodyText, laneName, resultText, seenText, statementName, statementText } from './words.js';

export type ToldKind = 'step' | 'refused' | 'seen' | 'moment' | 'held' | 'note';

/** What belongs together: a face lays it out, and colours it by its kind. */
export interface Told {
  readonly kind: ToldKind;
  /** In whose column; what is said of all has none. */
  readonly lane?: number;
  /** Milliseconds since the first step: `0.4–1.2`; empty where it has none of its own. */
  readonly time: string;
  readonly texts: readonly string[];
  /** The first of them is a statement, as it was sent. */
  readonly isCode?: true;
}

export interface ToldInterleaving {
  readonly legend: string;
  readonly lanes: readonly { readonly name: string; readonly uses: string }[];
  /** In their order. */
  readonly steps: readonly Told[];
  /** A moment that no statement carries, or why it held. */
  readonly ends: readonly Told[];
  /** How it is known whose a statement is, and what is not drawn. */
  readonly notes: readonly string[];
}

/** All that a picture says, in words. Foreign texts are to be made visible before. */
export function tellInterleaving(locale: Locale, given: Interleaving): ToldInterleaving {
  const page: Page = { locale, given, zero: given.steps[0] ? beginOf(given.steps[0]) : 0 };
  const t = explainTexts[locale];
  const isOfRequests =
    given.rest.sessions === 0 && given.lanes.every(({ tie }) => tie.by === 'no-statements');
  return {
    legend: isOfRequests ? t.requestsOnly : t.legend,
    lanes: given.lanes.map((lane, at) => ({
      name: laneName(locale, given, at),
      uses: connectionsOf(locale, lane),
    })),
    steps: given.steps.flatMap((step, at) => [
      ...thirdBefore(page, step, given.steps[at - 1]),
      ...toldOf(page, step),
    ]),
    ends: endsOf(page),
    notes: notesOf(page),
  };
}

interface Page {
  readonly locale: Locale;
  readonly given: Interleaving;
  /** What counts as 0. */
  readonly zero: number;
}

const beginOf = (step: Step): number => ('at' in step ? step.at : step.from);

function connectionsOf(locale: Locale, { kind, sessions }: Lane): string {
  if (kind === 'session' || sessions.length === 0) return '';
  return explainTexts[locale].connections(sessions);
}

function toldOf(page: Page, step: Step): Told[] {
  const { locale, given } = page;
  const { lane } = step;
  const t = explainTexts[locale];
  switch (step.kind) {
    case 'asked':
      return [
        { kind: 'step', lane, time: ms(page, step.at), texts: [t.asks(bodyText(step.value))] },
      ];
    case 'answered': {
      const text = t.answered[step.outcome](bodyText(step.value));
      return [{ kind: 'step', lane, time: ms(page, step.at), texts: [text] }];
    }
    case 'heard':
      return [
        { kind: 'step', lane, time: ms(page, step.at), texts: [t.heard[step.what](step.id)] },
      ];
    case 'committed':
      return [{ kind: 'step', lane, time: span(page, step), texts: [t.committed] }];
    case 'waited': {
      const seen = [whomText(page, step), ms(page, step.from), ms(page, step.to)] as const;
      const text = step.among ? t.oneWaits(step.among.length, ...seen) : t.waits(...seen);
      return [{ kind: 'step', lane, time: '', texts: [text] }];
    }
    case 'seen': {
      const name = laneName(locale, given, lane);
      return [
        {
          kind: 'seen',
          time: '',
          texts: [t.seen(ms(page, step.from), name, seenText(locale, step))],
        },
      ];
    }
    case 'ran': {
      const kind = step.outcome === 'failed' ? 'refused' : 'step';
      const ran: Told = {
        kind,
        lane,
        time: span(page, step),
        texts: ranLines(page, step),
        isCode: true,
      };
      return [...momentBefore(page, step), ran];
    }
  }
}

/** Whoever is drawn first; of the others a few. */
function whomText({ locale, given }: Page, { forLanes, forSessions }: Waited): string {
  const t = explainTexts[locale];
  const lanes = forLanes.map((one) => laneName(locale, given, one));
  const others = forSessions.filter((one) => one >= 0);
  const named = others.slice(0, lanes.length > 0 ? 0 : 2);
  const left = others.length - named.length;
  return [
    ...lanes,
    ...(named.length > 0 ? [t.connections(named)] : []),
    ...(left > 0 ? [t.moreConnections(left)] : []),
    ...(forSessions.includes(-1) ? [t.somebody] : []),
  ].join(', ');
}

function ranLines(page: Page, step: Ran): string[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  const result = resultText(locale, step);
  const others = step.unsureWith.flatMap((n) => {
    const other = runOf(given, n);
    return other ? [t.ofLane(statementName(other), laneName(locale, given, other.lane))] : [];
  });
  return [
    statementText(step),
    ...(result === '' ? [] : [`→ ${result}`]),
    ...(others.length > 0 ? [t.unsure([...new Set(others)].join(', '))] : []),
  ];
}

/** One that is drawn in no lane stands where its time is. */
function thirdBefore(page: Page, step: Step, before: Step | undefined): Told[] {
  const { moment } = page.given;
  if (moment?.kind !== 'stale-write' || moment.third === undefined) return [];
  const at = moment.third.write.from;
  const isHere = beginOf(step) >= at && (before === undefined || beginOf(before) < at);
  return isHere ? momentTold(page) : [];
}

/** Right above the statement that should not have gone on. */
function momentBefore(page: Page, step: Ran): Told[] {
  const { moment } = page.given;
  if (moment?.kind !== 'stale-write' || moment.third || moment.write !== step.n) return [];
  return momentTold(page);
}

function momentTold(page: Page): Told[] {
  const { locale, given } = page;
  const { moment } = given;
  if (moment === undefined) return [];
  const t = explainTexts[locale];
  const name = laneName(locale, given, moment.lane);
  const other = laneName(locale, given, moment.lane === 0 ? 1 : 0);
  const texts: string[] = [];
  if (moment.kind === 'stale-write') {
    const { third, table, committedAt } = moment;
    const read = third?.read ?? runOf(given, moment.read);
    const readAt = read ? span(page, read) : '?';
    const by = ms(page, committedAt);
    const names = third ? [t.lane[third.kind](third.name), name] : [name, other];
    const [writer = '', committer = ''] = names;
    texts.push(t.moment(t.momentOf['stale-write'](writer, readAt, committer, by, table)));
    for (const run of third ? [third.read, third.write] : [])
      texts.push(
        `${span(page, run)} ${writer}: ${statementText(run)} → ${resultText(locale, run)}`,
      );
    if (!moment.isSure) texts.push(t.momentOf.unsure);
  } else if (moment.kind === 'split-write') texts.push(t.moment(t.momentOf['split-write'](name)));
  else texts.push(t.moment(t.momentOf['apart-message'](name, moment.id)));
  return [{ kind: 'moment', time: '', texts }];
}

/** What is said below the steps: a moment that no statement carries, or why it held. */
function endsOf(page: Page): Told[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  if (given.moment !== undefined) return isDrawn(given) ? [] : momentTold(page);
  if (given.about !== 'held') return [{ kind: 'note', time: '', texts: [noMomentText(page)] }];
  const told = heldText(page);
  return told === undefined
    ? [{ kind: 'note', time: '', texts: [t.noHeld] }]
    : [{ kind: 'held', time: '', texts: [t.held(told)] }];
}

function noMomentText({ locale, given }: Page): string {
  const t = explainTexts[locale];
  return given.lanes.some(({ maybe = 0 }) => maybe > 0) ? t.noMomentKnown : t.noMoment;
}

/** Among the steps: where its statement is, or before the step that came after it. */
function isDrawn({ moment, steps }: Interleaving): boolean {
  if (moment?.kind !== 'stale-write') return false;
  const { third, write } = moment;
  return steps.some((step) =>
    third ? beginOf(step) >= third.write.from : step.kind === 'ran' && step.n === write,
  );
}

const runOf = ({ steps }: Interleaving, n: number): Ran | undefined =>
  steps.find((one): one is Ran => one.kind === 'ran' && one.n === n);

function heldText({ locale, given }: Page): string | undefined {
  const { heldBy } = explainTexts[locale];
  const { held } = given;
  if (held === undefined) return undefined;
  if (held.kind === 'apart') return heldBy.apart;
  const name = laneName(locale, given, held.lane);
  if (held.kind === 'waited') return heldBy.waited(name, laneName(locale, given, held.for));
  if (held.kind !== 'refused') return heldBy[held.kind](name);
  const isOfConstraint = held.code.startsWith('23');
  if (held.code === '40P01') return heldBy.deadlocked(name, held.code);
  return isOfConstraint ? heldBy.duplicate(name, held.code) : heldBy.refused(name, held.code);
}

function notesOf(page: Page): string[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  const { rest, lanes } = given;
  const ties = lanes.flatMap((lane, at) => [tieText(page, lane, at), ...maybeText(page, lane, at)]);
  const all = rest.committed + rest.rolledBack;
  const parts = [
    ...(rest.committed > 0 ? [t.committedRest(rest.committed)] : []),
    ...(rest.rolledBack > 0 ? [t.rolledBackRest(rest.rolledBack)] : []),
    ...Object.entries(rest.refused).map(([code, n]) => t.refusedRest(code, n)),
  ];
  const summary = t.rest(rest.requests, all, rest.sessions);
  return [
    ...ties,
    parts.length > 0 ? `${summary} (${parts.join(', ')}).` : `${summary}.`,
    ...(rest.untied > 0 && !isSaidOf(lanes, rest.untied) ? [t.untied(rest.untied)] : []),
    ...(rest.undrawn > 0 ? [t.undrawn(rest.undrawn)] : []),
    ...(rest.unreadable > 0 ? [t.unreadable(rest.unreadable)] : []),
    ...(rest.leftOut > 0 ? [t.leftOut] : []),
  ];
}

const isSaidOf = (lanes: readonly Lane[], untied: number): boolean =>
  lanes.some(({ maybe }) => maybe === untied);

/** What is not drawn of it, since it may as well be another's. */
function maybeText({ locale, given }: Page, { tie, maybe = 0 }: Lane, at: number): string[] {
  if (maybe === 0 || tie.by === 'no-statements') return [];
  return [explainTexts[locale].tie.maybe(laneName(locale, given, at), maybe)];
}

function tieText({ locale, given }: Page, { tie, maybe = 0 }: Lane, at: number): string {
  const t = explainTexts[locale].tie;
  const name = laneName(locale, given, at);
  if (tie.by === 'no-statements' && maybe > 0) return t.unseen(name, maybe);
  switch (tie.by) {
    case 'value':
      return t.value(name, tie.value);
    case 'time':
      return t.time(name);
    case 'no-statements':
      return t.none(name);
    case 'nothing':
      return tie.among.length > 0
        ? t.among(name, tie.among.join(', '))
        : t.unknown(name, tie.candidates);
  }
}

function ms({ zero }: Page, at: number): string {
  return ((at - zero) / 1000).toFixed(1);
}

/** `0.4`, or `0.4–1.2` where it took that long. */
function span(page: Page, { from, to }: { readonly from: number; readonly to: number }): string {
  const [begin, end] = [ms(page, from), ms(page, to)];
  return begin === end ? begin : `${begin}–${end}`;
}
