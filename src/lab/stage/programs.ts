import path from 'node:path';
import type { Program, Reachable, StartOptions } from '../../kata/lab.js';
import { servicesOf, type Kata } from '../../kata/define.js';
import { soleRole } from '../../kata/roles.js';
import { variableOf } from '../../kata/options.js';
import { byProtocol, serviceNames, services, type ServiceFacts } from '../../kata/services.js';
import type { LogCapped } from '../judge/notices.js';
import type { Ended, Unhealthy } from '../judge/program.js';
import type { Conditions } from './conditions.js';
import type { Neighbours } from './neighbours.js';
import { knocking, silentConnection } from './at-the-door.js';
import type { Telemetry } from '../telemetry/index.js';
import { EndedEarly } from './ending.js';
import {
  BoundedLog,
  startProgram,
  type RunningProgram,
  type UnhealthyReason,
} from '../implementation/index.js';
import type { Place } from '../../services/capability.js';
import type { Recorder } from '../../history/recorder.js';

/** Lines of a program's log that a witness quotes. */
const quotedLines = 30;

/** The programs of one experiment, also those that are not there yet. */
export class Programs {
  readonly all: Watched[] = [];
  readonly #starting = new Set<Promise<unknown>>();
  readonly #ending = new AbortController();
  /** One a file: replicas write to the same. */
  readonly #logs = new Map<string, BoundedLog>();

  /** As `startWatched`. */
  start(conditions: Staged, role: string, options?: StartOptions): Promise<Program> {
    const signal = AbortSignal.any([conditions.signal, this.#ending.signal]);
    const logFile = conditions.logFile(role);
    if (!this.#logs.has(logFile)) this.#logs.set(logFile, new BoundedLog(logFile));
    const start = startWatched({ ...conditions, signal }, this.all, role, options);
    const settled = start.then(
      () => undefined,
      () => undefined,
    );
    this.#starting.add(settled);
    void settled.then(() => this.#starting.delete(settled));
    return start;
  }

  /** Whether the one that has this host and port was killed by the experiment, as a crash. */
  isGone(host: string): boolean {
    return this.all.findLast((one) => one.host === host)?.isKilled === true;
  }

  /** Kills them all: one may still be starting where another never became healthy. */
  async end(recorder: Recorder): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#starting);
    await Promise.all(this.all.map((watched) => end(watched)));
    for (const [file, log] of this.#logs) {
      const leftOutBytes = log.end();
      if (leftOutBytes === 0) continue;
      recorder.note('log-capped', { log: path.basename(file), leftOutBytes } satisfies LogCapped);
    }
  }
}

/** With where the roles of a system find each other. */
export interface Staged extends Conditions {
  readonly neighbours: Neighbours;
  /** Undefined for a kata that asks for none. */
  readonly telemetry: Telemetry | undefined;
}

/** A program of the experiment, and what has been written about its end. */
export interface Watched {
  readonly program: RunningProgram;
  /** With its port. */
  readonly host: string;
  /** Of a system: for notes. */
  readonly of: { readonly role?: string };
  /** A worker may tell of its health until its last message is done. */
  readonly hasQueue: boolean;
  stopping: boolean;
  isKilled: boolean;
  diedNoted: boolean;
}

/**
 * Starts the implementation once more and watches it: an end that nobody asked for is noted.
 * @throws EndedEarly, once the history says so
 */
async function startWatched(
  conditions: Staged,
  programs: Watched[],
  role: string,
  { env, upstream, database, broker, neighbours: others }: StartOptions = {},
): Promise<Program> {
  const { signal, recorder, kata, planned, neighbours, telemetry } = conditions;
  const built = conditions.built.get(role);
  if (!built) throw noSuchRole(kata, role);
  const of = role === soleRole ? {} : { role };
  const outcome = await startProgram(built, {
    env: {
      ...environmentOf(conditions, role),
      ...(await neighbours.environmentOf(role, others)),
      ...(database && { DATABASE_URL: database.url }),
      ...(broker && brokerVariable(broker)),
      ...(upstream && { UPSTREAM_URL: upstream.url }),
      ...telemetry?.environmentOf(role),
      ...env,
    },
    logFile: conditions.logFile(role),
    signal,
  });
  if (!outcome.healthy) {
    recorder.note('program-unhealthy', { ...unhealthy(outcome.reason), ...of });
    throw new EndedEarly();
  }
  const { program } = outcome;
  const hasQueue = servicesOf(kata, planned.options).some((name) => name !== 'postgres');
  const { host } = new URL(program.url);
  const states = { stopping: false, isKilled: false, diedNoted: false };
  const watched: Watched = { program, host, of, hasQueue, ...states };
  programs.push(watched);
  recorder.note('program-started', { url: program.url, pid: program.pid, ...of });
  void program.exited.then(() => noteDeath(watched, recorder));
  const leave = await neighbours.arrived(role, program.url);
  void program.exited.then(leave);
  await watch(conditions, { url: program.url, ...of }, program.exited);
  return {
    url: program.url,
    ...of,
    stop: (beside) => stop(watched, recorder, beside),
    kill: () => kill(watched, recorder),
  };
}

/** Whoever looks at programs finds this one, until it has ended. */
async function watch(
  { places }: Conditions,
  program: Pick<Program, 'url' | 'role'>,
  exited: Promise<unknown>,
): Promise<void> {
  for (const place of Object.values<Place<unknown>>(places)) {
    const leave = await place.watch?.(program);
    if (leave !== undefined) void exited.then(leave).catch(() => undefined);
  }
}

async function stop(
  watched: Watched,
  recorder: Recorder,
  beside: 'silent' | undefined,
): Promise<void> {
  const { program } = watched;
  if (program.hasExited()) noteDeath(watched, recorder);
  if (watched.diedNoted) return;
  const hangUp = beside && (await silentConnection(program.url));
  watched.stopping = true;
  const used = await program.usage();
  const answered = watched.hasQueue ? undefined : knocking(program.url, program.exited);
  const { kind, code, signal, tookMs, escaped } = await program.stop().finally(hangUp);
  const answeredMs = answered?.();
  // It may have died by itself between the question and the signal.
  watched.stopping = kind !== 'already-dead';
  if (kind === 'already-dead') {
    noteDeath(watched, recorder);
    return;
  }
  const logTail = kind === 'drained' ? [] : program.logTail(quotedLines);
  recorder.note('program-stopped', {
    ...{ kind, code, signal, tookMs, logTail },
    ...(escaped.length > 0 && { escaped }),
    ...(answeredMs !== undefined && { answeredMs }),
    ...(hangUp && { beside: 'silent' as const }),
    ...(used && { cpuMs: Math.round(used.cpuMs) }),
    ...watched.of,
  } satisfies Ended);
}

/** The experiment is over, perhaps before its time: that is no death of the program's own. */
async function end(watched: Watched): Promise<void> {
  if (!watched.program.hasExited()) watched.stopping = true;
  await watched.program.kill();
}

/** A crash that the experiment wants: no fault of the program's. */
async function kill(watched: Watched, recorder: Recorder): Promise<void> {
  if (watched.program.hasExited()) noteDeath(watched, recorder);
  if (watched.diedNoted) return;
  [watched.stopping, watched.isKilled] = [true, true];
  recorder.note('program-killed', { pid: watched.program.pid, ...watched.of });
  await watched.program.kill();
}

/** A program that ends before it is told to has broken the contract. */
function noteDeath(watched: Watched, recorder: Recorder): void {
  if (watched.stopping || watched.diedNoted) return;
  watched.diedNoted = true;
  const { code, signal } = watched.program.hasExited() ?? { code: null, signal: null };
  const logTail = watched.program.logTail(quotedLines);
  recorder.note('program-died', {
    kind: 'already-dead',
    code,
    signal,
    tookMs: 0,
    logTail,
    ...watched.of,
  } satisfies Ended);
}

function noSuchRole({ id, programs }: Kata, role: string): Error {
  const known = Object.keys(programs ?? {}).join(', ');
  return new Error(
    programs === undefined && role === soleRole
      ? `${id} starts a program, but has no languages`
      : `${id} starts the role ${JSON.stringify(role)}, and has these: ${known}`,
  );
}

function unhealthy(reason: UnhealthyReason): Unhealthy {
  const { kind, waitedMs, exitCode, exitSignal, lastStatus, lastError, logTail } = reason;
  const detail =
    kind === 'exited'
      ? (exitSignal ?? `code ${exitCode ?? '?'}`)
      : lastStatus === undefined
        ? (lastError ?? 'no answer')
        : `status ${lastStatus}`;
  return { kind, waitedMs, detail, logTail };
}

/** Which broker it is, its URL says. */
function brokerVariable({ url }: Reachable): Record<string, string> {
  const variable = byProtocol(new URL(url).protocol)?.facts.variable;
  if (variable === undefined) throw new Error(`no program reaches a broker by ${url}`);
  return { [variable]: url };
}

function environmentOf(
  { kata, planned, places, roles, seed }: Conditions,
  role: string,
): Record<string, string> {
  const options = Object.keys(kata.options).map((name) => [
    variableOf(name),
    String(planned.options[name]),
  ]);
  const urls = serviceNames.flatMap((name) => {
    const facts: ServiceFacts = services[name];
    if (facts.watches) return [];
    const url = roles.has(role) ? roles.get(role)?.urls[name] : places[name]?.url;
    return url === undefined ? [] : [[facts.variable, url]];
  });
  return {
    ...(Object.fromEntries([...options, ...urls]) as Record<string, string>),
    PLAN_STRATEGY: planned.strategy,
    PLAN_SEED: String(seed),
  };
}
