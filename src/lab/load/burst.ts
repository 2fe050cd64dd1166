import type { ClientRequest } from '../../kata/client.js';
import type { ClosedLoad, OpenLoad } from '../../kata/load.js';
import type { Random } from '../../kata/lab.js';
import { lengthOf } from '../../kata/profile.js';
import { LatencyRecorder } from '../measure/latency.js';
import type { Recorder } from '../../history/recorder.js';
import { generate, hostOf } from './generate.js';
import { HistoryWorkload, type Habits, type NextRequest } from './history-workload.js';
import { Retries } from './retries.js';
import type { LoadPlan, LoadResult, Meter, Mode } from './types.js';

/** Connections of an open load that are there before it begins. */
const usersAtFirst = 32;

export interface LoadConditions {
  /** Several are replicas: requests go to them in turn. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** Of a system: whose programs these are. */
  readonly role?: string | undefined;
  readonly begins?: OpenLoad['begins'];
  /** Left out where the load is not measured. */
  readonly meter?: Meter;
  /** Given while faults are scheduled: told of every request, and hung ones do not end the load. */
  readonly onRequest?: (() => void) | undefined;
  /** Whether the experiment has killed the program that has this host and port. */
  readonly isGone?: (host: string) => boolean;
  /** While it says so, that nobody is answered means nothing. */
  readonly isDisturbed?: () => boolean;
}

/**
 * A program that has answered none of several requests for so long is stuck: each alone may wait
 * longer, as behind a hundred others that are served one by one.
 */
export function stalling({ onRequest, isDisturbed }: LoadConditions): Pick<LoadPlan, 'stall'> {
  return onRequest === undefined ? { stall: { afterMs: 15_000, isDisturbed } } : {};
}

/** Tells of every request as it is made, and says of a system to whom it goes. */
export function telling(next: NextRequest, { onRequest, role }: LoadConditions): NextRequest {
  if (onRequest === undefined && role === undefined) return next;
  return (user, n) => {
    onRequest?.();
    const request = next(user, n);
    return role === undefined ? request : { ...request, role };
  };
}

/** Sends every request at one moment, each on its own connection, opened beforehand. */
export async function burst(
  load: LoadConditions,
  requests: readonly ClientRequest[],
  latency: LatencyRecorder,
): Promise<LoadResult> {
  return recorded(load, { kind: 'burst', requests: requests.length }, inOrder(requests), latency);
}

/** Users that send their next request once the last is answered; latency from each send. */
export async function closedLoop(
  load: LoadConditions,
  { users, requests, next }: ClosedLoad,
  latency: LatencyRecorder,
): Promise<LoadResult> {
  const mode: Mode = { kind: 'closed', concurrency: users, stop: { requests } };
  return recorded(load, mode, next, latency);
}

/** Requests that come when they come; latency from the moment in which each was due. */
export async function openLoop(
  load: LoadConditions,
  { profile, spacing = 'constant', users, next, hangsUpAfterMs, again, begins }: OpenLoad,
  measured: { readonly latency: LatencyRecorder; readonly random: Random },
): Promise<LoadResult> {
  const mode: Mode = {
    kind: 'open',
    rate: profile,
    arrivals: spacing,
    random: measured.random,
    users: Math.min(users, usersAtFirst),
    maxUsers: users,
    stop: { durationMs: lengthOf(profile) },
  };
  const habits = {
    hangUp: hangsUpAfterMs !== undefined,
    ...(again && { again, retries: new Retries() }),
  };
  const timeoutMs = hangsUpAfterMs ?? load.timeoutMs;
  const conditions = { ...load, timeoutMs, ...(begins && { begins }) };
  return recorded(conditions, mode, next, measured.latency, habits);
}

/** One after the other. */
export async function oneByOne(
  load: LoadConditions,
  requests: readonly ClientRequest[],
): Promise<void> {
  const mode: Mode = { kind: 'in-turn', users: load.urls.length, requests: requests.length };
  await recorded(load, mode, inOrder(requests), new LatencyRecorder());
}

/** With every operation in the history, and a note of whatever made the load smaller than asked. */
async function recorded(
  load: LoadConditions,
  mode: Mode,
  next: NextRequest,
  latency: LatencyRecorder,
  habits: Habits = {},
): Promise<LoadResult> {
  const { urls, timeoutMs, recorder, signal, meter, onRequest, begins, isGone } = load;
  const hosts = urls.map(hostOf);
  const workload = new HistoryWorkload(hosts, recorder, telling(next, load), {
    ...habits,
    ...(isGone && { isGone }),
  });
  const primePath = mode.kind === 'in-turn' ? {} : { primePath: '/health' };
  const endOnTimeout = mode.kind === 'closed' && onRequest === undefined;
  const limits = { timeoutMs, signal, endOnTimeout, ...stalling(load) };
  const { retries } = habits;
  const again = retries ? { retries } : {};
  const together = begins ? { begins } : {};
  const plan = { urls, mode, workload, latency, ...limits, ...primePath, ...again, ...together };
  const result = await generate(meter ? { ...plan, meter } : { ...plan, isCoarse: true });
  for (const notice of result.notices) recorder.note('load-limited', notice);
  return result;
}

function inOrder(requests: readonly ClientRequest[]): NextRequest {
  return (_user, n) => requests[n] as ClientRequest;
}
