import { History, type Operation } from '../../kata/history.js';
import { sequencesOf } from '../../kata/sequence/index.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { readHistory } from '../../lab/archive/folder.js';
import { comparisonOf } from '../../report/view/comparison.js';
import type { RunPageInput } from '../../report/html/run-body.js';
import type { OperationsView, SequencesView } from '../../report/html/ui/run.js';
import { curvesOf } from '../run-page.js';

export interface OpenRun {
  readonly kata: Kata;
  /** `kata-4/2026-11-24T10-15-02Z` */
  readonly run: string;
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
}

type Query = Readonly<Record<string, string | undefined>>;

/** Rows of a page: what a browser draws at once without a thought. */
const pageRows = 200;

export async function runView({ kata, folder, record }: OpenRun): Promise<RunPageInput> {
  const compared = comparisonOf(kata, record).filter(({ sides }) => sides.length > 1);
  const isCompared = compared.length > 0 && record.cases.some(({ repetition }) => repetition > 1);
  const curveOf = await curvesOf(folder, record);
  return { kata, record, curveOf, compared: isCompared ? compared : undefined };
}

export async function operationsView(open: OpenRun, query: Query): Promise<OperationsView> {
  const { kata, run, folder, record } = open;
  const one = caseOf(record, query['case']);
  const all = await operationsOf(folder, one);
  const { q: search = '', outcome = '' } = query;
  const found = all.filter((each) => isAsked(each, search.toLowerCase(), outcome));
  const pages = Math.max(1, Math.ceil(found.length / pageRows));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query['page'] ?? 1)) || 1));
  return {
    ...{ kata, run, cases: record.cases, slug: one?.slug ?? '', search, outcome, page, pages },
    ...{ found: found.length, all: all.length },
    shown: found.slice((page - 1) * pageRows, page * pageRows),
  };
}

export async function sequencesView(open: OpenRun, query: Query): Promise<SequencesView> {
  const { kata, run, folder, record } = open;
  const one = caseOf(record, query['case']);
  const history = one && new History(await readHistory(folder, one.lines), one.lines[0]);
  const all = one && history ? sequencesOf(kata, history, one.strategy) : [];
  const asked = query['id'] ?? one?.sequence?.subject;
  return {
    ...{ kata, run, cases: record.cases, slug: one?.slug ?? '' },
    subjects: all.map(({ subject, end }) => ({ name: subject, isEnded: end !== undefined })),
    drawn: all.find(({ subject }) => subject === asked) ?? all[0],
  };
}

function caseOf({ cases }: RunRecord, slug: string | undefined): CaseRecord | undefined {
  return cases.find((one) => one.slug === slug) ?? cases[0];
}

/** Of one case at a time: who turns its pages asks again and again. */
let kept: { readonly key: string; readonly operations: readonly Operation[] } | undefined;

async function operationsOf(
  folder: string,
  one: CaseRecord | undefined,
): Promise<readonly Operation[]> {
  if (one === undefined) return [];
  const key = `${folder}\n${one.slug}`;
  if (kept?.key === key) return kept.operations;
  const operations = new History(await readHistory(folder, one.lines), one.lines[0]).operations();
  kept = { key, operations };
  return operations;
}

function isAsked(operation: Operation, search: string, outcome: string): boolean {
  if (outcome !== '' && operation.outcome !== outcome) return false;
  if (search === '') return true;
  const { f, asked, answer, problem } = operation;
  return JSON.stringify([f, asked, answer, problem]).toLowerCase().includes(search);
}
