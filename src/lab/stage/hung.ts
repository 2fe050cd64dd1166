import { History } from '../../kata/history.js';
import type { SessionsAtHang } from '../../kata/waits.js';
import type { CaseDatabase } from '../../services/postgres/client.js';
import type { Recorder } from '../../history/recorder.js';
import { excuses } from '../judge/excused.js';
import { EndedEarly, type Ending } from './ending.js';

interface Conditions {
  readonly recorder: Recorder;
  readonly database: Pick<CaseDatabase, 'others'>;
  readonly ending: Ending;
}

/**
 * A request that hung, and that no fault of the experiment excuses, has said what there is to say:
 * every further one might hang as well. What the program's sessions did then is worth knowing.
 * @throws EndedEarly
 */
export async function endWhereHung<T>(
  { recorder, database, ending }: Conditions,
  load: () => Promise<T>,
): Promise<T> {
  const before = recorder.timeouts;
  const result = await load();
  if (recorder.timeouts === before) return result;
  const history = new History(recorder.events);
  const isExcused = excuses(history);
  const hung = history
    .operations()
    .some((one) => one.problem?.kind === 'timeout' && !one.problem.own && !isExcused(one));
  if (!hung) return result;
  const sessions = await database.others();
  if (sessions.length > 0) recorder.note('sessions-at-hang', { sessions } satisfies SessionsAtHang);
  ending.end();
  throw new EndedEarly();
}
