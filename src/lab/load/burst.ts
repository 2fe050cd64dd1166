import type { ClientRequest, ClosedLoad } from '../../kata/lab.js';
import type { LatencyRecorder } from '../measure/latency.js';
import type { Recorder } from '../recorder.js';
import { VirtualUser } from './client.js';

export interface LoadConditions {
  /** Several are replicas: requests go to them in turn. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Connections opened at once while preparing: below the accept backlog of any server (511 in Node). */
const connectingAtOnce = 100;

/** Sends every request at one moment, each on its own connection, opened beforehand. */
export async function burst(
  load: LoadConditions,
  requests: readonly ClientRequest[],
  latency: LatencyRecorder,
): Promise<void> {
  await withUsers(load, requests.length, async (users) => {
    latency.begin();
    // The intended send time of all is the same moment, whatever the loop below takes.
    const intended = performance.now();
    await Promise.all(
      requests.map(async (request, n) => {
        const answered = await exchange(load, users[n] as VirtualUser, request);
        if (answered) latency.record(performance.now() - intended);
      }),
    );
    latency.end();
  });
}

/** Users that send their next request once the last is answered; latency from each send. */
export async function closedLoop(
  load: LoadConditions,
  { users: count, requests, next }: ClosedLoad,
  latency: LatencyRecorder,
): Promise<void> {
  let sent = 0;
  await withUsers(load, count, async (users) => {
    latency.begin();
    await Promise.all(
      users.map(async (user, index) => {
        while (sent < requests) {
          const request = next(index, sent);
          sent += 1;
          const begun = performance.now();
          if (await exchange(load, user, request)) latency.record(performance.now() - begun);
        }
      }),
    );
    latency.end();
  });
}

/** One after the other. */
export async function oneByOne(
  load: LoadConditions,
  requests: readonly ClientRequest[],
): Promise<void> {
  await withUsers(load, load.urls.length, async (users) => {
    for (const [n, request] of requests.entries())
      await exchange(load, users[n % users.length] as VirtualUser, request);
  });
}

/** Connections opened beforehand, in turn to each replica, and closed whatever happens. */
async function withUsers(
  { urls, timeoutMs, signal }: LoadConditions,
  count: number,
  work: (users: readonly VirtualUser[]) => Promise<void>,
): Promise<void> {
  const users = Array.from(
    { length: count },
    (_, n) => new VirtualUser(urls[n % urls.length] as string, timeoutMs),
  );
  try {
    await connectAll(users, signal);
    await work(users);
  } finally {
    await Promise.all(users.map((user) => user.close()));
  }
}

/** @returns whether an answer came, of whatever kind */
async function exchange(
  { recorder, timeoutMs, signal }: LoadConditions,
  user: VirtualUser,
  request: ClientRequest,
): Promise<boolean> {
  const operation = recorder.invoke(request);
  const reading = await user.send(request, timeoutMs, signal);
  operation.complete(reading);
  return reading.outcome !== 'unknown' || reading.problem.kind === 'contract';
}

/** A connection that can't be opened now is opened, or found broken, by its request. */
async function connectAll(users: readonly VirtualUser[], signal: AbortSignal): Promise<void> {
  for (let from = 0; from < users.length; from += connectingAtOnce) {
    signal.throwIfAborted();
    const few = users.slice(from, from + connectingAtOnce);
    await Promise.allSettled(few.map((user) => user.connect()));
  }
}
