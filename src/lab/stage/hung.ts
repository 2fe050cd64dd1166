import { History } from '../../kata/history.js';
import type { SessionsAtHang, StarvedAtHang } from '../../kata/waits.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import type { Recorder } from '../../history/recorder.js';
import { excuses } from '../judge/excused.js';
import { EndedEarly, type Ending } from './ending.js';

interface Conditions {
  readonly recorder: Recorder;
  readonly database: Pick<CaseDatabase, 'others'>;
  readonly ending: Ending;
  /** Of the last so many milliseconds, how long the programs were kept waiting for a processor. */
  readonly starvedMs: (ofMs: number) => number;
}

/**
 * A request that hung, and that no fault of the experiment excuses, has said what there is to say:
 * every further one might hang as well. What the program's sessions did then is worth knowing.
 * @throws EndedEarly
 */
export async function endWhereHung<T>(
  { recorder, database, ending, starvedMs }: Conditions,
  load: () => Promise<T>,
): Promise<T> {
  const before = recorder.timeouts;
  const result = await load();
  if (recorder.timeouts === before) return result;
  const history = new History(recorder.events);
  const isExcused = excuses(history);
  const hung = history
    .operations()
    .find((one) => one.problem?.kind === 'timeout' && !one.problem.own && !isExcused(one));
  if (!hung) return result;
  const ofMs = (hung.end - hung.start) / 1000;
  const starved: StarvedAtHang = { ofMs, starvedMs: starvedMs(ofMs) };
  recorder.note('starved-at-hang', starved);
  const sessions = await database.others();
  if (sessions.length > 0) recorder.note('sessions-at-hang', { sessions } satisfies SessionsAtHang);
  ending.end();
  throw new EndedEarly();
}
