import { explainTexts } from '../../../i18n/explain.js';
import type { Locale } from '../../../i18n/text.js';
import type { Interleaving, Lane, Ran, Step, Waited } from '../../../kata/interleaving/index.js';
import { wrap } from '../wrap.js';
import { bodyText, laneName, resultText, seenText, statementName, statementText } from './words.js';

/** What belongs together, in lines: a face colours it by its kind, and loses nothing without. */
export interface Block {
  readonly kind: 'head' | 'step' | 'refused' | 'seen' | 'moment' | 'held' | 'note';
  readonly lines: readonly string[];
}

const between = ' │ ';
const indent = '  ';
/** Narrower columns break every word: then one stands below the other. */
const leastLane = 20;
const mostLane = 48;

interface Page {
  readonly locale: Locale;
  readonly given: Interleaving;
  readonly width: number;
  /** Of a lane; undefined where they stand one below the other. */
  readonly lane: number | undefined;
  /** What counts as 0. */
  readonly zero: number;
  readonly timeWidth: number;
}

/** The whole picture as plain text, in blocks. Foreign texts are to be made visible before. */
export function pictureOf(locale: Locale, given: Interleaving, width: number): Block[] {
  const zero = given.steps[0] ? beginOf(given.steps[0]) : 0;
  const times = given.steps.map((step) =>
    step.kind === 'ran' || step.kind === 'committed' ? span({ zero }, step).length : 6,
  );
  const timeWidth = Math.max(6, ...times);
  const room = width - indent.length - timeWidth - 1;
  const several = given.lanes.length > 1;
  const lane = several ? Math.floor((room - between.length) / 2) : room;
  const page: Page = {
    ...{ locale, given, width },
    lane: lane < leastLane ? undefined : Math.min(lane, several ? mostLane : lane),
    ...{ zero, timeWidth },
  };
  return [
    headOf(page),
    ...given.steps.flatMap((step, at) => [
      ...thirdBefore(page, step, given.steps[at - 1]),
      ...blocksOf(page, step),
    ]),
    ...endsOf(page),
    { kind: 'note', lines: notesOf(page) },
  ];
}

const beginOf = (step: Step): number => ('at' in step ? step.at : step.from);

function headOf(page: Page): Block {
  const { locale, given } = page;
  const t = explainTexts[locale];
  const names = given.lanes.map((_, at) => laneName(locale, given, at));
  const uses = given.lanes.map((one) => connectionsOf(locale, one));
  const cells = page.lane === undefined ? [] : [rowOf(page, 'ms', names), rowOf(page, '', uses)];
  const rule = page.lane === undefined ? [] : [lineBelow(page)];
  const isOfRequests =
    given.rest.sessions === 0 && given.lanes.every(({ tie }) => tie.by === 'no-statements');
  const legend = isOfRequests ? [t.requestsOnly] : [t.legend];
  return { kind: 'head', lines: [...wide(page, legend), '', ...cells.flat(), ...rule] };
}

function connectionsOf(locale: Locale, { kind, sessions }: Lane): string {
  if (kind === 'session' || sessions.length === 0) return '';
  return explainTexts[locale].connection(sessions.join(', '));
}

function lineBelow({ lane = 0, given, timeWidth }: Page): string {
  const cells = given.lanes.map(() => '─'.repeat(lane));
  return `${indent}${'─'.repeat(timeWidth)} ${cells.join('─┼─')}`;
}

function blocksOf(page: Page, step: Step): Block[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  const row = (texts: readonly string[], time: string, kind: Block['kind'] = 'step'): Block[] => [
    { kind, lines: inLane(page, step.lane, texts, time) },
  ];
  switch (step.kind) {
    case 'asked':
      return row([t.asks(bodyText(step.value))], ms(page, step.at));
    case 'answered':
      return row([t.answered[step.outcome](bodyText(step.value))], ms(page, step.at));
    case 'heard':
      return row([t.heard[step.what](step.id)], ms(page, step.at));
    case 'committed':
      return row([t.committed], span(page, step));
    case 'waited': {
      const text = t.waits(whomText(page, step), ms(page, step.from), ms(page, step.to));
      return row([text], '');
    }
    case 'seen':
      return [
        {
          kind: 'seen',
          lines: wide(page, [
            t.seen(ms(page, step.from), laneName(locale, given, step.lane), seenText(locale, step)),
          ]),
        },
      ];
    case 'ran': {
      const kind = step.outcome === 'failed' ? 'refused' : 'step';
      return [...momentBefore(page, step), ...row(ranLines(page, step), span(page, step), kind)];
    }
  }
}

/** Whoever is drawn first; of the others a few. */
function whomText({ locale, given }: Page, { forLanes, forSessions }: Waited): string {
  const t = explainTexts[locale];
  const lanes = forLanes.map((one) => laneName(locale, given, one));
  const others = forSessions.filter((one) => one >= 0);
  const named = others.slice(0, lanes.length > 0 ? 0 : 2).join(', ');
  const left = others.length - (lanes.length > 0 ? 0 : Math.min(2, others.length));
  return [
    ...lanes,
    ...(named === '' ? [] : [t.connection(named)]),
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
function thirdBefore(page: Page, step: Step, before: Step | undefined): Block[] {
  const { moment } = page.given;
  if (moment?.kind !== 'stale-write' || moment.third === undefined) return [];
  const at = moment.third.write.from;
  const isHere = beginOf(step) >= at && (before === undefined || beginOf(before) < at);
  return isHere ? momentBlock(page) : [];
}

/** Right above the statement that should not have gone on. */
function momentBefore(page: Page, step: Ran): Block[] {
  const { moment } = page.given;
  if (moment?.kind !== 'stale-write' || moment.third || moment.write !== step.n) return [];
  return momentBlock(page);
}

function momentBlock(page: Page): Block[] {
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
  return [{ kind: 'moment', lines: wide(page, texts) }];
}

/** What is said below the steps: a moment that no statement carries, or why it held. */
function endsOf(page: Page): Block[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  if (given.moment !== undefined)
    return isDrawn(given) ? [] : [{ kind: 'note', lines: [''] }, ...momentBlock(page)];
  if (given.about !== 'held') return [{ kind: 'note', lines: ['', ...wide(page, [t.noMoment])] }];
  const told = heldText(page);
  return [
    told === undefined
      ? { kind: 'note', lines: ['', ...wide(page, [t.noHeld])] }
      : { kind: 'held', lines: ['', ...wide(page, [t.held(told)])] },
  ];
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
  return isOfConstraint ? heldBy.duplicate(name, held.code) : heldBy.refused(name, held.code);
}

function notesOf(page: Page): string[] {
  const { locale, given } = page;
  const t = explainTexts[locale];
  const { rest, lanes } = given;
  const ties = lanes.map((lane, at) => tieText(page, lane, at));
  const all = rest.committed + rest.rolledBack;
  const parts = [
    ...(rest.committed > 0 ? [t.committedRest(rest.committed)] : []),
    ...(rest.rolledBack > 0 ? [t.rolledBackRest(rest.rolledBack)] : []),
    ...Object.entries(rest.refused).map(([code, n]) => t.refusedRest(code, n)),
  ];
  const summary = t.rest(rest.requests, all, rest.sessions);
  return wide(page, [
    '',
    ...ties,
    parts.length > 0 ? `${summary} (${parts.join(', ')}).` : `${summary}.`,
    ...(rest.untied > 0 ? [t.untied(rest.untied)] : []),
    ...(rest.undrawn > 0 ? [t.undrawn(rest.undrawn)] : []),
    ...(rest.unreadable > 0 ? [t.unreadable(rest.unreadable)] : []),
    ...(rest.leftOut > 0 ? [t.leftOut] : []),
  ]);
}

function tieText({ locale, given }: Page, { tie }: Lane, at: number): string {
  const t = explainTexts[locale].tie;
  const name = laneName(locale, given, at);
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

/** One step's lines, in its column. */
function inLane(page: Page, lane: number, texts: readonly string[], time: string): string[] {
  if (page.lane === undefined) {
    const name = laneName(page.locale, page.given, lane);
    return wide(
      page,
      texts.map((text, n) => (n === 0 ? `${time} ${name}: ${text}` : `  ${text}`)),
    );
  }
  const room = page.lane;
  const lines = texts.flatMap((text) => wrap(text, room));
  return lines.flatMap((line, n) =>
    rowOf(
      page,
      n === 0 ? time : '',
      page.given.lanes.map((_, at) => (at === lane ? line : '')),
    ),
  );
}

function rowOf({ lane = 0, timeWidth }: Page, time: string, cells: readonly string[]): string[] {
  const wrapped = cells.map((cell) => wrap(cell, lane));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, n) => {
    const texts = wrapped.map((lines) => (lines[n] ?? '').padEnd(lane));
    return `${indent}${(n === 0 ? time : '').padEnd(timeWidth)} ${texts.join(between)}`.trimEnd();
  });
}

function wide({ width }: Page, texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text === '' ? [''] : wrap(text, width - indent.length).map((line) => `${indent}${line}`),
  );
}

function ms({ zero }: Pick<Page, 'zero'>, at: number): string {
  return ((at - zero) / 1000).toFixed(1);
}

/** `0.4`, or `0.4–1.2` where it took that long. */
function span(
  page: Pick<Page, 'zero'>,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const [begin, end] = [ms(page, from), ms(page, to)];
  return begin === end ? begin : `${begin}–${end}`;
}
