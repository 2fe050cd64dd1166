import { displayPath } from '../../base/display-path.js';
import { exitCodes, PlanError } from '../../base/errors.js';
import { requireOpenFiles, requireTemporaryFolder } from '../../base/system-fault.js';
import { runTexts } from '../../i18n/run.js';
import { texts } from '../../i18n/text.js';
import { hasPrograms, type Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import type { CaseRecord, ProviderName, RunRecord } from '../../kata/run-record.js';
import { soleRole } from '../../kata/roles.js';
import { neededBy } from './needed.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import { planCases, type RunRequest } from './cases.js';
import type { PlannedCase } from '../stage/conditions.js';
import { Turns } from '../stage/turns.js';
import {
  buildImplementation,
  type Built,
  type Implementation,
  type OwnBuilds,
} from '../implementation/index.js';
import { readFileLimit } from '../load/file-limit.js';
import { describeMachine } from '../measure/machine.js';
import { outcomeOf } from './outcome.js';
import { plannedBy, recordOfCast, resolveCast, type Cast } from './cast.js';
import { playedByLab, recordOfLab } from './record-of.js';
import { runCase } from './case.js';
import {
  startServices,
  type RunningService,
  type RunningServices,
  type ServiceOptions,
} from '../../services/index.js';
import type { Listener } from '../../history/recorder.js';
import { RunFolder } from '../archive/folder.js';

export interface RunContext {
  /** The learner's root; results go below it. */
  readonly root: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `--services` */
  readonly provider: ProviderName | undefined;
  /** As typed after `plan`. */
  readonly command: readonly string[];
  readonly version: string;
  /** Aborted, with a PlanError as its reason, on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  /** What is worth reading afterwards, too: why a service came from elsewhere than usual. */
  readonly onNotice: (text: string) => void;
  readonly onCase: (done: CaseRecord, of: number) => void;
  readonly onCaseBegins?: (begun: { readonly kata: Kata; readonly planned: PlannedCase }) => void;
  /** What a case sees while it goes on. */
  readonly onEvent?: Listener;
  /** Where it goes below `results`; left out, the kata's own folder. */
  readonly results?: string;
  /** Where several runs share what they need; otherwise it is started, and stopped at the end. */
  readonly services?:
    | ((names: readonly ServiceName[], options: ServiceOptions) => Promise<RunningServices>)
    | undefined;
  /** Where one run follows another on every save. */
  readonly ownBuilds?: OwnBuilds | undefined;
}

/**
 * One run, from options to a stored record: services and build side by side, then every case on a
 * database of its own, then the verdict. What was started is stopped, also when this throws.
 * @throws PlanError where nothing could be run at all
 */
export async function runKata(
  found: KataOnDisk,
  request: RunRequest,
  context: RunContext,
): Promise<RunRecord> {
  const cast = hasPrograms(found.kata) ? await resolveCast(found, request, context.cwd) : undefined;
  const planned = planCases(found.kata, request, cast ? plannedBy(found.kata, cast) : playedByLab);
  const steps = planned.map((one) => ({ planned: one, by: cast }));
  return runSteps(found, steps, request.seed, context);
}

/** A case, and who is put through it. */
export interface Step {
  readonly planned: PlannedCase;
  /** Undefined where the lab plays all parts itself. */
  readonly by: Cast | undefined;
}

/** Modules, a bundler, connections of a small load and to the services: measured, and doubled. */
const leastOpenFiles = 256;

/**
 * The steps one after the other, of as many implementations as there are in them.
 * @throws PlanError where nothing could be run at all
 */
export async function runSteps(
  found: KataOnDisk,
  steps: readonly Step[],
  seed: number,
  context: RunContext,
): Promise<RunRecord> {
  requireTemporaryFolder();
  requireOpenFiles(readFileLimit().limit, leastOpenFiles);
  const startedAt = new Date();
  const { results = found.kata.id } = context;
  const implementations = rolesToBuild(steps);
  const { services, built } = await prepare(servicesFor(found, steps), implementations, context);
  try {
    const folder = await RunFolder.create(context.root, results, startedAt);
    const begun = {
      schema: 2,
      kata: found.kata.id,
      ...(found.word !== undefined && { kataFolder: displayPath(found.folder, context.root) }),
      startedAt: startedAt.toISOString(),
      folder: folder.relativeTo(context.root),
      command: context.command,
      seed,
      plan: context.version,
    } as const;
    await folder.begin({ ...begun, cases: steps.map(({ planned }) => planned) });
    const done = await runAll({ found, built, services, folder, seed }, steps, context);
    const record: RunRecord = {
      ...begun,
      finishedAt: new Date().toISOString(),
      machine: describeMachine(),
      services: services.all.map(({ record: one }) => one),
      cases: done,
      outcome: context.signal.aborted ? 'interrupted' : outcomeOf(done),
    };
    await folder.finish(record);
    return record;
  } finally {
    await services.stopAll();
  }
}

/** Of all that the kata may need, what these cases do. */
function servicesFor({ kata }: KataOnDisk, steps: readonly Step[]): ServiceName[] {
  const needed = new Set(steps.flatMap(({ planned }) => neededBy(kata, planned.options)));
  return kata.services.filter((name) => needed.has(name));
}

/** Each implementation once, and the roles that it plays; none of a kata of one program. */
function rolesToBuild(steps: readonly Step[]): ReadonlyMap<Implementation, ReadonlySet<string>> {
  const found = new Map<Implementation, Set<string>>();
  for (const { by } of steps)
    for (const [role, one] of by ?? []) {
      const roles = found.get(one) ?? new Set();
      found.set(one, role === soleRole ? roles : roles.add(role));
    }
  return found;
}

interface Prepared {
  services: RunningServices;
  built: ReadonlyMap<Implementation, Built>;
}

/** Side by side; when one fails, what the other started is stopped. */
async function prepare(
  names: readonly ServiceName[],
  implementations: ReadonlyMap<Implementation, ReadonlySet<string>>,
  context: RunContext,
): Promise<Prepared> {
  const { env, provider, signal, onProgress, onNotice, ownBuilds } = context;
  const options = { force: provider, env, signal, onProgress, onNotice };
  const [services, built] = await Promise.allSettled([
    context.services?.(names, options) ?? startServices(names, options),
    buildAll(implementations, { signal, onProgress, onNotice, ownBuilds }),
  ]);
  if (services.status === 'fulfilled' && built.status === 'fulfilled')
    return { services: services.value, built: built.value };
  if (services.status === 'fulfilled') await services.value.stopAll();
  signal.throwIfAborted();
  throw built.status === 'rejected' ? built.reason : (services as PromiseRejectedResult).reason;
}

/** Compilers keep two cores busy; more at once would only wait for each other. */
const buildsAtOnce = 2;

/**
 * Side by side; where one fails, those under way are waited for, and no other begins.
 * @throws what the first threw, with the role whose program it was
 */
async function buildAll(
  implementations: ReadonlyMap<Implementation, ReadonlySet<string>>,
  context: Parameters<typeof buildImplementation>[1],
): Promise<ReadonlyMap<Implementation, Built>> {
  const built = new Map<Implementation, Built>();
  const left = [...implementations];
  const failures: unknown[] = [];
  const builder = async (): Promise<void> => {
    for (let next = left.shift(); next && failures.length === 0; next = left.shift()) {
      const [one, roles] = next;
      try {
        built.set(one, await buildImplementation(one, context));
      } catch (error) {
        failures.push(ofRoles([...roles], error));
      }
    }
  };
  await Promise.all(Array.from({ length: buildsAtOnce }, builder));
  if (failures.length > 0) throw failures[0];
  return built;
}

function ofRoles(roles: readonly string[], error: unknown): unknown {
  if (roles.length === 0 || !(error instanceof PlanError)) return error;
  const { code, exit, message, mend } = error;
  const what = `${roles.join(', ')}: ${message}`;
  return new PlanError({ code, exit, what, ...(mend !== undefined && { mend }), cause: error });
}

interface Shared {
  readonly found: KataOnDisk;
  readonly built: ReadonlyMap<Implementation, Built>;
  readonly services: RunningServices;
  readonly folder: RunFolder;
  readonly seed: number;
}

/** A case that runs, beside two that only wait: what programs hold open does not add up. */
const mostAtOnce = 3;

/**
 * One after the other; the next may begin while one only waits for what may still come. Nobody knows
 * what a program of the learner's would take away from the next: it has everything to itself.
 */
async function runAll(
  shared: Shared,
  steps: readonly Step[],
  context: RunContext,
): Promise<CaseRecord[]> {
  const lost = shared.services.all.map((one) => abortWhenItDies(one, context.command));
  const signal = AbortSignal.any([context.signal, ...lost]);
  const done: (CaseRecord | undefined)[] = [];
  const turns = new Turns();
  const begun: Promise<void>[] = [];
  const underWay = new Set<Promise<unknown>>();
  for (const [at, { planned, by }] of steps.entries()) {
    while (underWay.size >= mostAtOnce) await Promise.race(underWay);
    if (signal.aborted) break;
    const built = new Map(
      [...(by ?? [])].flatMap(([role, one]) => {
        const ready = shared.built.get(one);
        return ready ? [[role, ready]] : [];
      }),
    );
    const played = by
      ? recordOfCast(by, shared.built, context.root)
      : { implementation: await recordOfLab(shared.found, context.root) };
    const hasOwn = [...(by?.values() ?? [])].some(({ kind }) => kind === 'own');
    context.onProgress(texts(runTexts).runningCase(planned.index + 1, steps.length, planned.slug));
    context.onCaseBegins?.({ kata: shared.found.kata, planned });
    const goesOn = await new Promise<boolean>((resolve) => {
      const { onEvent } = context;
      const conditions = { ...shared, built, planned, played, signal, onEvent, turns };
      const onOnlyWaiting = (): void => {
        if (!hasOwn) resolve(true);
      };
      const over = runCase({ ...conditions, onOnlyWaiting }).then((record) => {
        // An interrupted case proves nothing and is not kept among the results.
        if (context.signal.aborted) return;
        done[at] = record;
        context.onCase(record, steps.length);
      });
      begun.push(over);
      const settled = over.then(
        () => resolve(true),
        () => resolve(false),
      );
      underWay.add(settled);
      void settled.then(() => underWay.delete(settled));
    });
    if (!goesOn) break;
  }
  await allOver(begun);
  return done.filter((record) => record !== undefined);
}

/** Also the others, where one fails. @throws what the first threw */
async function allOver(tasks: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(tasks))
    if (one.status === 'rejected') throw one.reason;
}

function abortWhenItDies(
  { died, record }: RunningService,
  command: readonly string[],
): AbortSignal {
  const controller = new AbortController();
  const t = texts(runTexts);
  void died.then((error) => {
    controller.abort(
      new PlanError({
        code: 'service-died',
        exit: exitCodes.environment,
        what: t.serviceDied(serviceTitles[record.name], error.message),
        mend: t.serviceDiedMend(`plan ${command.join(' ')}`),
        cause: error,
      }),
    );
  });
  return controller.signal;
}
