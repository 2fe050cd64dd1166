import { setMaxListeners } from 'node:events';
import type { AnswerLimit } from '../../kata/load.js';
import type { Lab, RoleHands, StartOptions, Target, Upstream } from '../../kata/lab.js';
import type { GeneratorRecord, Resources } from '../../kata/run-record.js';
import type { Conditions } from './conditions.js';
import { Faults } from '../faults/faults.js';
import { Schedules } from '../faults/schedules.js';
import { burst, closedLoop, oneByOne, openLoop, type LoadConditions } from '../load/burst.js';
import { countedLoad } from '../load/counted.js';
import { worstOf } from '../load/generator-record.js';
import type { LoadResult } from '../load/types.js';
import { LatencyRecorder } from '../measure/latency.js';
import { CpuMeter } from '../measure/cpu-meter.js';
import { watchMemory } from '../measure/memory.js';
import { noMetrics } from '../../kata/metrics.js';
import { soleRole } from '../../kata/roles.js';
import type { SpanSeen } from '../../kata/telemetry.js';
import type { Telemetry } from '../telemetry/index.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import { Neighbours } from './neighbours.js';
import { Programs, type Staged } from './programs.js';
import { Ending } from './ending.js';
import { endWhereHung } from './hung.js';
import { tellEffects, watchEffects } from './effects.js';
import { endWhereBlocked } from './blocked.js';
import { seededRandom } from '../../kata/random.js';
import { logLines } from '../implementation/index.js';
import { playAct } from './act.js';
import { startDependency } from './dependency.js';
import { startWorkerPool } from './worker-pool.js';
import { startUpstream } from './upstream.js';
import { until } from '../../history/until.js';
import { keptCollector } from '../../services/kept/collector.js';
import { metricsOf, openWorkQueue } from '../../services/work-queue.js';

const answerWithinMs = 10_000;

/** What was measured beside the latencies. */
export interface Measured {
  /** What the programs used during the measured loads, where it could be read. */
  readonly resources: Resources | null;
  readonly generator: GeneratorRecord | undefined;
  /** What the programs told of themselves. */
  readonly spans: readonly SpanSeen[];
}

/**
 * Runs one experiment and writes its history. A program that never becomes healthy, a request that
 * hangs and a lock that keeps the lab waiting end it early, without the note `experiment-complete`;
 * every program is stopped, whatever happens.
 */
export async function conduct(given: Conditions): Promise<Measured> {
  const ending = new Ending(given.signal);
  const { signal } = ending;
  const database = endWhereBlocked(given.database, ending);
  const roles = new Map(
    [...given.roles].map(([name, of]) => [
      name,
      { ...of, database: endWhereBlocked(of.database, ending) },
    ]),
  );
  const neighbours = await Neighbours.of(given.kata, given.recorder);
  const telemetry = await telemetryOf(given);
  const conditions = { ...given, database, roles, neighbours, telemetry, signal };
  // Whatever waits listens to it, and an experiment may wait for many things at once.
  setMaxListeners(0, given.signal, signal);
  const programs = new Programs();
  const meter = new CpuMeter(() => programs.all);
  const upstreams: Stoppable[] = [];
  const faults = new Faults(conditions, ({ url }) => {
    if (upstreams.some((upstream) => upstream.url === url)) return 'upstream';
    return programs.all.some(({ program }) => program.url === url) ? 'program' : undefined;
  });
  const schedules = new Schedules(conditions.recorder);
  const parts: Parts = { programs, upstreams, loads: [], meter, faults, schedules, ending };
  const { kata, planned, recorder } = conditions;
  const { sequence } = kata;
  try {
    if (sequence) await watchEffects(sequence, conditions);
    const lab = makeLab(conditions, parts);
    if (await ending.during(() => kata.experiment(lab, planned.options)))
      recorder.note('experiment-complete', {});
  } finally {
    await programs.end(recorder);
    await Promise.all(upstreams.map((upstream) => upstream.stop()));
    await neighbours.end();
    await telemetry?.end(recorder);
    if (sequence) await tellEffects(sequence, conditions);
    await faults.end();
    await database.lookForDisguise();
  }
  return {
    resources: meter.total(),
    generator: worstOf(parts.loads),
    spans: telemetry?.spans ?? [],
  };
}

/** Read when a kata asks for it: no other pays for what decodes. */
async function telemetryOf({
  kata,
  spansFile,
  planned,
}: Conditions): Promise<Telemetry | undefined> {
  if (kata.telemetry !== true) return undefined;
  const { Telemetry } = await import('../telemetry/index.js');
  const kept = planned.otlp === undefined ? keptCollector() : undefined;
  if (kept === undefined) return Telemetry.of(kata, spansFile, planned.otlp);
  // What is kept to look at may have ended meanwhile: no run is about that.
  return Telemetry.of(kata, spansFile, kept).catch(() => Telemetry.of(kata, spansFile));
}

type Stoppable = Pick<Upstream, 'url' | 'stop'>;

/** What an experiment has started, and what was measured. */
interface Parts {
  readonly programs: Programs;
  readonly upstreams: Stoppable[];
  readonly loads: LoadResult[];
  readonly meter: CpuMeter;
  readonly faults: Faults;
  readonly schedules: Schedules;
  readonly ending: Ending;
}

function makeLab(conditions: Staged, parts: Parts): Lab {
  const { kata, planned, database, broker, places, recorder, latency, signal, seed } = conditions;
  const random = seededRandom(seed + planned.index);
  const unmeasured = (target: Target, limits?: AnswerLimit): LoadConditions => ({
    urls: ('url' in target ? [target] : target).map(({ url }) => url),
    role: ('url' in target ? target : target[0])?.role,
    timeoutMs: limits?.answerWithinMs ?? answerWithinMs,
    recorder,
    signal,
    onRequest: parts.schedules.onRequest,
    isDisturbed: () => parts.faults.underWay > 0,
    isGone: (host) => parts.programs.isGone(host),
  });
  const measured = (target: Target, limits?: AnswerLimit): LoadConditions => ({
    ...unmeasured(target, limits),
    meter: parts.meter,
  });
  const sessions = everySession([
    database,
    ...[...conditions.roles.values()].map((of) => of.database),
  ]);
  const starvedMs = (ofMs: number): number =>
    Math.max(0, ...parts.programs.all.map(({ program }) => program.starvedMs(ofMs)));
  /** With the next case, from when this one only waits: it would be in its way. */
  let isShared = false;
  const orHung = <T>(load: () => Promise<T>): Promise<T> =>
    heard(endWhereHung({ recorder, database: sessions, ending: parts.ending, starvedMs }, load));
  return {
    strategy: planned.strategy,
    random,
    database,
    broker,
    workQueue: (kind) => openWorkQueue(kind, { kata: kata.id, places }),
    metrics: metricsOf(places) ?? noMetrics(kata.id),
    signal,
    note: (f, value) => recorder.note(f, value),
    async operation(what, act) {
      const open = recorder.invoke(what);
      const reading = await act();
      open.complete(reading);
      return reading;
    },
    act(name, play) {
      const loads = parts.loads.length;
      const onVoid = (): boolean => {
        parts.loads.splice(loads);
        return !isShared;
      };
      return playAct({ kata, planned, recorder, onVoid }, name, play);
    },
    start: (first?: string | StartOptions, second?: StartOptions) => {
      return typeof first === 'string'
        ? parts.programs.start(conditions, first, second)
        : parts.programs.start(conditions, soleRole, first);
    },
    role: (name) => roleHands(conditions, parts.faults, name),
    async upstream(answer) {
      const upstream = await startUpstream(answer, recorder);
      parts.upstreams.push(upstream);
      return upstream;
    },
    async dependency(options) {
      const dependency = await startDependency(options, { recorder, random, signal });
      parts.upstreams.push(dependency);
      return dependency;
    },
    async workerPool(options) {
      const pool = await startWorkerPool(options, { recorder, random });
      parts.upstreams.push(pool);
      return pool;
    },
    burst: (target, requests, limits) =>
      orHung(async () => {
        parts.loads.push(await burst(measured(target, limits), requests, latency));
      }),
    closed: (target, load) =>
      orHung(async () => {
        parts.loads.push(await closedLoop(measured(target, load), load, latency));
      }),
    open: (target, load) =>
      orHung(async () => {
        if (load.unmeasured) {
          const own = new LatencyRecorder();
          await openLoop(unmeasured(target, load), load, { latency: own, random });
        } else parts.loads.push(await openLoop(measured(target, load), load, { latency, random }));
      }),
    // Its counts are what the rules judge: whether to go on after requests hung is the kata's to say.
    async load(target, load) {
      const { note, result } = await countedLoad(measured(target, load), load, { latency, random });
      if (load.warmUp !== true) parts.loads.push(result);
      return note;
    },
    proxy: (to) => parts.faults.proxy(to),
    logLines: (role = soleRole) => logLines(conditions.logFile(role)),
    watchMemory: () =>
      watchMemory(() => ({
        lab: process.pid,
        programs: parts.programs.all.map(({ program }) => program.pid),
        services: conditions.servers,
      })),
    spans: () => conditions.telemetry?.spans ?? [],
    letNextBegin() {
      isShared = true;
      conditions.onOnlyWaiting();
    },
    alone: (act) => conditions.turns.take(act),
    freeze: (point) => parts.faults.freeze(point),
    schedule: (plan, load) => parts.schedules.during(plan, load),
    until: (what, condition, limitMs) => until({ recorder, signal }, what, condition, limitMs),
    oneByOne: (target, requests, limits) =>
      orHung(() => oneByOne(unmeasured(target, limits), requests)),
  };
}

/** @throws Error for a role that the kata does not have */
function roleHands({ roles, kata, neighbours }: Staged, faults: Faults, role: string): RoleHands {
  const own = roles.get(role);
  if (own === undefined) throw new Error(`${kata.id} has no role ${JSON.stringify(role)}`);
  const of = { role, database: own.database, broker: own.urls.rabbitmq };
  return {
    database: own.database,
    proxy: (to) => faults.proxy(to, of),
    freeze: (point) => faults.freeze(point, of),
    partition: () => faults.partition(of, neighbours),
  };
}

/** What the programs' sessions do, in all databases of the case. */
function everySession(databases: readonly CaseDatabase[]): Pick<CaseDatabase, 'others'> {
  return { others: async () => (await Promise.all(databases.map((one) => one.others()))).flat() };
}

/** Whoever awaits it is told; one that is awaited later must not end the program meanwhile. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
