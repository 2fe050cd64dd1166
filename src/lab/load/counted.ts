import type { Arrivals, CountedLoad, LoadEnd, LoadNote } from '../../kata/load.js';
import type { Random } from '../../kata/lab.js';
import { LatencyRecorder } from '../measure/latency.js';
import { stalling, telling, type LoadConditions } from './burst.js';
import { CountingWorkload, noteOf } from './counting-workload.js';
import { generate, hostOf } from './generate.js';
import type { LoadResult, Mode, Stop } from './types.js';

/** So long a second answer to the last requests is waited for. */
const lingerMs = 100;

/** A load whose history does not grow with it; what was counted is in it as a note. */
export async function countedLoad(
  load: LoadConditions,
  { arrivals, next, warmUp = false }: CountedLoad,
  measured: { readonly latency: LatencyRecorder; readonly random: Random },
): Promise<{ readonly note: LoadNote; readonly result: LoadResult }> {
  const { urls, timeoutMs, recorder, signal, meter, onRequest } = load;
  const workload = new CountingWorkload(urls.map(hostOf), recorder, telling(next, load));
  if (arrivals.kind === 'burst') workload.makeBeforehand(arrivals.requests);
  const result = await generate({
    urls,
    mode: modeOf(arrivals, measured.random),
    workload,
    timeoutMs,
    signal,
    latency: warmUp ? new LatencyRecorder() : measured.latency,
    ...stalling(load),
    endOnTimeout: arrivals.kind !== 'burst' && onRequest === undefined,
    primePath: '/health',
    lingerMs,
    ...(meter && !warmUp && { meter }),
  });
  for (const notice of result.notices) recorder.note('load-limited', notice);
  const { connections } = result;
  const { sent, unasked, unsent } = result.measured;
  const { kind } = arrivals;
  const wanted = 'requests' in arrivals ? arrivals.requests : sent + unsent;
  const note = noteOf(workload, { arrivals: kind, warmUp, connections, wanted, sent, unasked });
  recorder.note('load', note);
  return { note, result };
}

function modeOf(arrivals: Arrivals, random: Random): Mode {
  switch (arrivals.kind) {
    case 'burst':
      return arrivals;
    case 'closed': {
      return { kind: 'closed', concurrency: arrivals.users, stop: endOf(arrivals) };
    }
    case 'open': {
      const { users, rate, spacing } = arrivals;
      return {
        kind: 'open',
        ...{ rate, random, users },
        arrivals: spacing,
        maxUsers: users,
        stop: endOf(arrivals),
      };
    }
  }
}

function endOf(end: LoadEnd): Stop {
  return 'requests' in end ? { requests: end.requests } : { durationMs: end.durationMs };
}
