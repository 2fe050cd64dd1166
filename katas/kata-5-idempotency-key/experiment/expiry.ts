import type { Lab, Program } from '../../../src/kata/index.js';
import { payment, type Asked } from '../contract.js';
import type { UnclearKey } from '../notes.js';
import { noteScene } from './network.js';
import type { Till } from './requests.js';

/** A machine that is too busy to ask in time gets another chance, with other keys. */
const attempts = 3;
/** Nearer to its end than that nobody can tell whether a key has expired. Milliseconds. */
const marginMs = 20;

export async function expire(lab: Lab, till: Till, program: Program, ttlMs: number): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1)
    if (await expireOnce(lab, till, program, ttlMs, attempt)) {
      noteScene(lab, 'expired', true);
      return;
    }
  noteScene(lab, 'expired', false);
}

/**
 * Two keys, half of their time apart, and each comes again after half of its time: whoever counts
 * from the last request, or in windows of the clock, forgets one of them too late or too early.
 */
async function expireOnce(
  lab: Lab,
  till: Till,
  program: Program,
  ttlMs: number,
  attempt: number,
): Promise<boolean> {
  const [one, other] = ['', '-late'].map((suffix) => nthPayment(attempt, suffix)) as [Asked, Asked];
  const pay = (asked: Asked): Promise<void> => lab.oneByOne(program, [till.pay(asked)]);
  const half = (since: number): Promise<unknown> =>
    lab.until(
      'half of the time of a key has passed',
      () => performance.now() - since >= ttlMs / 2,
      ttlMs + 10_000,
    );
  const isInTime = (asked: Asked, since: number): boolean => {
    const inTime = performance.now() - since < ttlMs - marginMs;
    const { key, order } = asked;
    if (!inTime) lab.note('unclear-key', { key: key ?? '', order } satisfies UnclearKey);
    return inTime;
  };

  const since = performance.now();
  await pay(one);
  const expired = await lifetime(lab, ttlMs);
  await half(since);
  const later = performance.now();
  await pay(other);
  await pay(one);
  const oneInTime = isInTime(one, since);
  await half(later);
  await pay(other);
  const otherInTime = isInTime(other, later);
  const isOver = (await expired()) && oneInTime;
  if (isOver) await payTwice(lab, till, program, { ...one, life: 2 }, ttlMs);
  return isOver && otherInTime;
}

/** The key is new again, and remembered as any other: twice within its time it is paid once. */
async function payTwice(lab: Lab, till: Till, program: Program, asked: Asked, ttlMs: number) {
  const since = performance.now();
  await lab.oneByOne(program, [till.pay(asked)]);
  if (performance.now() - since > ttlMs / 2) return;
  await lab.oneByOne(program, [till.pay(asked)]);
  const inTime = performance.now() - since < ttlMs - marginMs;
  const { key, order } = asked;
  if (!inTime) lab.note('unclear-key', { key: key ?? '', order } satisfies UnclearKey);
}

function nthPayment(attempt: number, suffix: string): Asked {
  const name = `${attempt === 1 ? '' : `-${attempt}`}${suffix}`;
  return payment('expired', { key: `k-expired${name}`, order: `o-expired${name}` });
}

/**
 * From now on, by the clock of the database and by ours: the program may go by either.
 * @returns what waits for its end
 */
async function lifetime(lab: Lab, ttlMs: number): Promise<() => Promise<boolean>> {
  const databaseClock = async (): Promise<number> => {
    const sql = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms';
    return (await lab.database.query<{ ms: number }>(sql))[0]?.ms ?? 0;
  };
  const enough = ttlMs + 50;
  const [here, there] = [performance.now(), await databaseClock()];
  return async () =>
    (await lab.until(
      'the key has expired',
      async () => performance.now() - here > enough && (await databaseClock()) - there > enough,
      enough + 10_000,
    )) === true;
}
