import type { ClientRequest } from '../../kata/lab.js';
import type { LatencyRecorder } from '../measure/latency.js';
import type { Recorder } from '../recorder.js';
import { VirtualUser } from './client.js';

export interface Load {
  readonly url: string;
  readonly requests: readonly ClientRequest[];
  readonly timeoutMs: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Connections opened at once while preparing: below the accept backlog of any server (511 in Node). */
const connectingAtOnce = 100;

/** Sends every request at one moment, each on its own connection, opened beforehand. */
export async function burst(load: Load, latency: LatencyRecorder): Promise<void> {
  const users = load.requests.map(() => new VirtualUser(load.url, load.timeoutMs));
  try {
    await connectAll(users, load.signal);
    latency.begin();
    // The intended send time of all is the same moment, whatever the loop below takes.
    const intended = performance.now();
    await Promise.all(
      load.requests.map(async (request, n) => {
        const answered = await exchange(load, users[n] as VirtualUser, request);
        if (answered) latency.record(performance.now() - intended);
      }),
    );
  } finally {
    latency.end();
    await Promise.all(users.map((user) => user.close()));
  }
}

/** One after the other, on one connection. */
export async function oneByOne(load: Load): Promise<void> {
  const user = new VirtualUser(load.url, load.timeoutMs);
  try {
    for (const request of load.requests) await exchange(load, user, request);
  } finally {
    await user.close();
  }
}

/** @returns whether an answer came, of whatever kind */
async function exchange(
  { recorder, timeoutMs, signal }: Load,
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
