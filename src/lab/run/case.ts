import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, PlanError } from '../../base/errors.js';
import { systemFault } from '../../base/system-fault.js';
import { History } from '../../kata/history.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { isBroken, type Finding } from '../../kata/findings.js';
import { soleRole } from '../../kata/roles.js';
import { sequencesOf, tellingSequence, type Sequence } from '../../kata/sequence/index.js';
import type { CaseRecord } from '../../kata/run-record.js';
import type { PlannedCase } from '../stage/conditions.js';
import { checkCase } from '../judge/case.js';
import { countOutcomes } from '../../history/count-outcomes.js';
import { conduct, type Measured } from '../stage/stage.js';
import type { Built } from '../implementation/index.js';
import { interleavingOf } from '../../kata/interleaving/index.js';
import { listening } from '../explain/listen.js';
import { WireFile } from '../explain/wire-file.js';
import { neededBy } from './needed.js';
import { onFreshServices, type OwnServices } from '../../services/own.js';
import { kataFault } from '../judge/kata-fault.js';
import { LatencyRecorder } from '../measure/latency.js';
import { watchOwnClock, type Absence } from '../../history/own-clock.js';
import { Recorder, type Listener } from '../../history/recorder.js';
import { ofThem, processesOf, type RunningServices } from '../../services/index.js';
import type { RunFolder } from '../archive/folder.js';
import { timelineOf } from '../../history/timeline.js';
import type { Turns } from '../stage/turns.js';

export interface CaseConditions {
  readonly found: KataOnDisk;
  readonly planned: PlannedCase;
  /** By role; empty where the lab plays all parts itself. */
  readonly built: ReadonlyMap<string, Built>;
  readonly played: Pick<CaseRecord, 'implementation' | 'cast'>;
  /** Those that the cases of this run need. */
  readonly services: RunningServices;
  readonly folder: RunFolder;
  readonly seed: number;
  /** Aborted on Ctrl-C and when a service dies. */
  readonly signal: AbortSignal;
  /** Told of each event of the history as it happens. */
  readonly onEvent: Listener | undefined;
  /** The case only waits from now on: the next may begin. */
  readonly onOnlyWaiting: () => void;
  /** Shared with the other cases of the run. */
  readonly turns: Turns;
}

/** Runs, checks and stores one case. What goes wrong in the harness is the case's `error`. */
export async function runCase(conditions: CaseConditions): Promise<CaseRecord> {
  const { found, planned, folder, played } = conditions;
  const recorder = new Recorder(planned.index);
  const live = folder.follow(recorder, planned.index);
  const wire = wireOf(planned, folder);
  if (conditions.onEvent) recorder.listen(conditions.onEvent);
  const latency = new LatencyRecorder();
  let measured: Measured = { resources: null, generator: undefined, spans: [] };
  let failure: PlanError | undefined;
  const absences: Absence[] = [];
  const unwatch = watchOwnClock((absence) => {
    absences.push(absence);
    recorder.note('lab-away', absence);
  });
  try {
    measured = await experimentOnFreshServices(conditions, recorder, latency, wire);
    // A server that dies takes programs with it, and it may be they that are heard of first.
    if (hasLostProgram(recorder)) {
      await moment(conditions.signal, endedWithinMs);
      conditions.signal.throwIfAborted();
    }
  } catch (error) {
    // No case's, and none would come to more: told once, for the run.
    const system = conditions.signal.aborted ? undefined : systemFault(error);
    if (system) throw system;
    if (!(error instanceof PlanError)) await moment(conditions.signal, brokenWithinMs);
    failure = asPlanError(error, conditions);
    recorder.note('harness-error', { what: failure.message, stack: stackOf(error) });
  } finally {
    unwatch();
    live.end();
    wire?.end();
  }
  // Servers close connections of a client that is away: what then broke is no error of anybody's.
  if (absences.length > 0 && !conditions.signal.aborted) failure = undefined;
  const lines = await folder.join(live);
  await folder.writeHgrm(planned.slug, latency.hgrm());
  const history = new History(recorder.events, lines[0], measured.spans);
  const timeline = timelineOf(history);
  const judgement = checkCase(found.kata, history, planned);
  const picture = pictureOf(history, wire, judgement.findings, planned);
  const sequence = sequenceOf(found.kata, history, planned, judgement.findings);
  return {
    ...planned,
    ...played,
    ...judgement,
    ...(failure && errorVerdict(failure)),
    latency: latency.summary(),
    counts: countOutcomes(history),
    resources: measured.resources,
    ...(measured.generator && { generator: measured.generator }),
    ...(timeline && { timeline }),
    ...(sequence && { sequence }),
    ...picture,
    lines,
  };
}

function wireOf({ explain, slug }: PlannedCase, folder: RunFolder): WireFile | undefined {
  return explain ? new WireFile(folder.wireFile(slug)) : undefined;
}

function pictureOf(
  history: History,
  wire: WireFile | undefined,
  findings: readonly Finding[],
  { expected }: PlannedCase,
): Pick<CaseRecord, 'interleaving'> {
  if (wire === undefined) return {};
  const by = expected.verdict === 'violated' ? expected.by : undefined;
  const interleaving = interleavingOf(history, wire.events, { findings, by });
  return interleaving ? { interleaving } : {};
}

/** The one that tells most: of what broke, where anything did. */
function sequenceOf(
  kata: KataOnDisk['kata'],
  history: History,
  { strategy, expected }: PlannedCase,
  findings: readonly Finding[],
): Sequence | undefined {
  const broken = findings.filter(isBroken);
  const by = expected.verdict === 'violated' ? expected.by : undefined;
  const told = broken.find(({ invariant }) => invariant === by) ?? broken[0];
  return tellingSequence(sequencesOf(kata, history, strategy), told?.witness?.lines ?? []);
}

async function experimentOnFreshServices(
  conditions: CaseConditions,
  recorder: Recorder,
  latency: LatencyRecorder,
  wire: WireFile | undefined,
): Promise<Measured> {
  const { found, planned, built, services, folder, seed, signal } = conditions;
  signal.throwIfAborted();
  const logFile = (role: string): string =>
    folder.logFile(role === soleRole ? planned.slug : `${planned.slug}.${role}`);
  const common = {
    ...{ kata: found.kata, planned, built, logFile, seed },
    spansFile: folder.spansFile(planned.slug),
    ...{ recorder, latency, signal },
    ...{ onOnlyWaiting: conditions.onOnlyWaiting, turns: conditions.turns },
  };
  const ownServices = ofThem(services, neededBy(found.kata, planned.options));
  const servers = processesOf(ownServices);
  const schemaIn = async (folderOf: string): Promise<string | undefined> =>
    ownServices.postgres && readFile(path.join(folderOf, 'schema.sql'), 'utf8');
  const roles = await rolesOfCase(found, schemaIn);
  const schema = roles === undefined ? await schemaIn(found.folder) : undefined;
  const one = {
    ...{ kata: found.kata.id, label: planned.slug, schema, recorder, signal },
    ...(roles && { roles }),
  };
  const play = (own: OwnServices): Promise<Measured> => conduct({ ...common, ...own, servers });
  return onFreshServices({ ...one, services: ownServices }, (own) =>
    wire ? listening(own, recorder, (event) => wire.take(event), play) : play(own),
  );
}

/** Of a system: what each role is to have. */
async function rolesOfCase(
  { kata, folder }: KataOnDisk,
  schemaIn: (folder: string) => Promise<string | undefined>,
) {
  if (kata.programs === undefined) return undefined;
  return Promise.all(
    Object.entries(kata.programs).map(async ([name, { services = kata.services }]) => ({
      ...{ name, services },
      schema: services.includes('postgres') ? await schemaIn(path.join(folder, name)) : undefined,
    })),
  );
}

function errorVerdict({ code, exit, message, mend }: PlanError) {
  const error = { code, exit, what: message, ...(mend !== undefined && { mend }) };
  return { verdict: 'error' as const, asExpected: false, error };
}

/** That a server died is known a moment later than its connections break, above all Docker's. */
const brokenWithinMs = 3_000;
/** So long a learner waits whose program has ended by itself, before it is told. */
const endedWithinMs = 1_000;

async function moment(signal: AbortSignal, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** It never came to be healthy, or ended before it was told to. */
function hasLostProgram({ events }: Recorder): boolean {
  return events.some(
    ({ type, f }) => type === 'note' && (f === 'program-unhealthy' || f === 'program-died'),
  );
}

/** The reason of an abort outranks the broken connections that it caused. */
function asPlanError(error: unknown, { found, signal }: CaseConditions): PlanError {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof PlanError) return cause;
  const { exit, what, mend } = kataFault(found.kata, cause);
  const code = exit === exitCodes.defect ? 'defect' : 'kata-threw';
  return new PlanError({ code, exit, what, ...(mend !== undefined && { mend }), cause });
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
