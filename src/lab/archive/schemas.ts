import { wordsOf } from '../../base/words.js';
import type { Finding, SentRequest } from '../../kata/findings.js';
import type { CaseRecord, ImplementationRecord, RunRecord } from '../../kata/run-record.js';

/** As `plan` wrote it at first: some of what it knew stood in its words alone. */
type First = Omit<RunRecord, 'schema'> & { readonly schema: 1 };

/** A stored run, whichever version of `plan` wrote it. @throws Error where it is none */
export function asCurrent(value: unknown): RunRecord {
  const record = value as Partial<RunRecord | First> | null;
  if (record?.kata === undefined || !Array.isArray(record.cases)) throw notARun();
  if (record.schema === 2) return record as RunRecord;
  if (record.schema === 1) return fromFirst(record as First);
  throw notARun();
}

function notARun(): Error {
  return new Error('not a run of schema 1 or 2');
}

function fromFirst(first: First): RunRecord {
  const start = startIn(first.command);
  const cases = first.cases.map((one): CaseRecord => ({
    ...one,
    implementation: withStart(one.implementation, start),
    findings: one.findings.map(withRequest),
  }));
  return { ...first, schema: 2, cases };
}

function withStart(
  implementation: ImplementationRecord,
  start: readonly string[] | undefined,
): ImplementationRecord {
  const isStarted = implementation.kind === 'own' && start !== undefined;
  return isStarted ? { ...implementation, start } : implementation;
}

/** What `--cmd` said stood in the command as typed. */
function startIn(command: readonly string[]): readonly string[] | undefined {
  const at = command.findIndex((word) => word === '--cmd' || word.startsWith('--cmd='));
  if (at < 0) return undefined;
  const [, given] = /^--cmd=(.*)$/s.exec(command[at] ?? '') ?? [];
  return wordsOf(given ?? command[at + 1] ?? '');
}

/** The request stood in the story. */
function withRequest(finding: Finding): Finding {
  const { invariant, witness } = finding;
  if (witness === undefined || invariant !== 'follows-the-contract') return finding;
  const request = requestIn(witness.story.en);
  return request === undefined ? finding : { ...finding, witness: { ...witness, request } };
}

function requestIn(story: string): SentRequest | undefined {
  const [, method, path] = /\b(GET|POST|PUT|PATCH|DELETE) (\/[^\s?]*)/.exec(story) ?? [];
  return method === undefined || path === undefined ? undefined : { method, path };
}
