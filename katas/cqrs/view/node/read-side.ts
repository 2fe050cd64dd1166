import type pg from 'pg';
import type { Reply } from '../../../kit/node/routes.js';
import { hasSeen } from './store.js';
import type { Follower } from './stream.js';

export interface Patience {
  /** What is shown while the broker is away: nothing, or what there is. */
  readonly whenCut: string;
  /** How long a read waits for what its token names. */
  readonly waitMs: number;
}

const refused = (error: string): Reply => ({ status: 503, body: { error } });

/** Answers with what there is, if it may be shown: complete once, and new enough for who asks. */
export async function readSide(
  pool: pg.Pool,
  follower: Follower,
  { whenCut, waitMs }: Patience,
  token: string | undefined,
  answer: () => Promise<object>,
): Promise<Reply> {
  const mayShow = (): boolean => {
    const age = follower.ageMs();
    return age === 0 || (age !== undefined && whenCut === 'stale');
  };
  if (!mayShow()) return refused('not everything that was told is here');
  if (token !== undefined) {
    const named = readToken(token);
    if (!named) return { status: 400, body: { error: 'this is no token' } };
    if (!(await comes(pool, follower, named, waitMs)))
      return refused(`what the token names did not come within ${waitMs} ms`);
  }
  // Before the answer is read: what is shown is at least as new as this says.
  const ageMs = follower.ageMs();
  if (!mayShow()) return refused('not everything that was told is here');
  return { status: 200, body: { ...(await answer()), ageMs } };
}

interface Named {
  readonly order: string;
  readonly version: number;
}

/** `o-17@2`: the order, and the version that the client was told. */
function readToken(token: string): Named | undefined {
  const found = /^(.+)@([1-9]\d{0,8})$/.exec(token);
  return found ? { order: String(found[1]), version: Number(found[2]) } : undefined;
}

async function comes(
  pool: pg.Pool,
  follower: Follower,
  { order, version }: Named,
  waitMs: number,
): Promise<boolean> {
  const limit = AbortSignal.timeout(waitMs);
  for (;;) {
    // Whatever is folded from here on wakes it: nothing can come between the look and the wait.
    const next = follower.folded(limit);
    if (await hasSeen(pool, order, version)) return true;
    if (limit.aborted) return false;
    await next;
  }
}
