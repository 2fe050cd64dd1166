import type { Arrivals, CountedLoad, LoadNote, Random } from '../../kata/lab.js';
import { LatencyRecorder } from '../measure/latency.js';
import { telling, type LoadConditions } from './burst.js';
import { CountingWorkload, noteOf } from './counting-workload.js';
import { generate, hostOf } from './generate.js';
import type { LoadResult, Mode } from './types.js';

/** So long a second answer to the last requests is waited for. */
const lingerMs = 100;

/** A load whose history does not grow with it; what was counted is in it as a note. */
export async function countedLoad(
  { urls, timeoutMs, recorder, signal, meter, onRequest }: LoadConditions,
  { arrivals, next, warmUp = false }: CountedLoad,
  measured: { readonly latency: LatencyRecorder; readonly random: Random },
): Promise<{ readonly note: LoadNote; readonly result: LoadResult }> {
  const workload = new CountingWorkload(urls.map(hostOf), recorder, telling(next, onRequest));
  if (arrivals.kind === 'burst') workload.makeBeforehand(arrivals.requests);
  const result = await generate({
    urls,
    mode: modeOf(arrivals, measured.random),
    workload,
    timeoutMs,
    signal,
    latency: warmUp ? new LatencyRecorder() : measured.latency,
    endOnTimeout: arrivals.kind !== 'burst' && onRequest === undefined,
    primePath: '/health',
    lingerMs,
    ...(meter && !warmUp && { meter }),
  });
  for (const notice of result.notices) recorder.note('load-limited', notice);
  const { connections } = result;
  const { sent, unasked } = result.measured;
  const { kind, requests: wanted } = arrivals;
  const note = noteOf(workload, { arrivals: kind, warmUp, connections, wanted, sent, unasked });
  recorder.note('load', note);
  return { note, result };
}

function modeOf(arrivals: Arrivals, random: Random): Mode {
  switch (arrivals.kind) {
    case 'burst':
      return arrivals;
    case 'closed': {
      const { users: concurrency, requests } = arrivals;
      return { kind: 'closed', concurrency, stop: { requests } };
    }
    case 'open': {
      const { users, requests, rate, spacing } = arrivals;
      return {
        kind: 'open',
        ...{ rate, random, users },
        arrivals: spacing,
        maxUsers: users,
        stop: { requests },
      };
    }
  }
}
