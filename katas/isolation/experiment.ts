import type { Lab, Reading, Session } from '../../src/kata/index.js';
import { begin, sessionsOf, type Level, type Row, type Script } from './contract.js';
import { chosen } from './contract/anomalies.js';
import type { Ended, Final, Returned, Sent, Waits } from './notes.js';

/** Longer than any busy machine takes to run one statement on two rows. */
const limitMs = 30_000;
const serializationFailure = '40001';

/**
 * Plays the scripts one after the other, with a session for each transaction, and writes into the
 * history what each statement returned, or its SQLSTATE, and for whom it waited. A statement waits
 * when the server says so, and does not when it has returned: no clock decides.
 */
export async function experiment(
  lab: Lab,
  { isolation: level, anomaly }: { readonly isolation: Level; readonly anomaly: string },
): Promise<void> {
  const scripts = chosen(anomaly).flatMap((one) => one.scripts);
  const count = Math.max(...scripts.map(sessionsOf));
  let sessions = await openSessions(lab, count);
  for (const script of scripts) {
    const complete = await playOne(lab, sessions, script, level);
    if (complete) continue;
    // Whatever they are in the middle of, the next script begins with fresh ones.
    await Promise.all(sessions.map((session) => session.close()));
    sessions = await openSessions(lab, count);
  }
  await Promise.all(sessions.map((session) => session.close()));
}

/** @returns false where it could not be played to its end */
async function playOne(
  lab: Lab,
  sessions: readonly Session[],
  script: Script,
  level: Level,
): Promise<boolean> {
  const { id } = script;
  await lab.database.query('DELETE FROM test');
  await lab.database.query('INSERT INTO test VALUES (1, 10), (2, 20)');
  lab.note('script-begun', { script: id });
  const actors = sessions.slice(0, sessionsOf(script)).map(enter);
  const complete = await playSteps({ lab, script: id, actors }, script, level);
  lab.note('script-ended', { script: id, complete } satisfies Ended);
  if (!complete) return false;
  const rows = await lab.database.query<Row>('SELECT * FROM test ORDER BY id');
  lab.note('final', { script: id, rows } satisfies Final);
  return true;
}

interface Stage {
  readonly lab: Lab;
  readonly script: string;
  readonly actors: readonly Actor[];
}

/** A session on the stage. */
interface Actor {
  readonly number: number;
  readonly session: Session;
  /** The statement that has not returned yet. */
  pending: { readonly sent: Sent; waitNoted: boolean } | undefined;
  /** What its transaction ended with, where a statement of it failed. */
  failure: { readonly code: string | undefined; readonly mustRollBack: boolean } | undefined;
}

/** Limits that the server may have set would end a wait that has to be seen. */
const withoutLimits = `SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN
  ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

function openSessions(lab: Lab, count: number): Promise<Session[]> {
  const open = async (): Promise<Session> => {
    const session = await lab.database.session();
    await session.query(withoutLimits);
    return session;
  };
  return Promise.all(Array.from({ length: count }, open));
}

function enter(session: Session, at: number): Actor {
  return { number: at + 1, session, pending: undefined, failure: undefined };
}

/** @returns false where the script could not be played to its end */
async function playSteps(stage: Stage, { steps }: Script, level: Level): Promise<boolean> {
  for (const actor of stage.actors) {
    send(stage, actor, { sql: begin(level) });
    if (!(await settle(stage))) return false;
  }
  for (const [step, { session, sql }] of steps.entries()) {
    const actor = stage.actors[session - 1] as Actor;
    // Who was refused has left; what it would have done next never happens.
    if (actor.failure) continue;
    // Its turn, and it still waits: nobody is left who would let it go on.
    if (actor.pending) return false;
    send(stage, actor, { step, sql });
    if (!(await settle(stage))) return false;
  }
  return stage.actors.every(({ pending }) => !pending);
}

function send({ lab, script }: Stage, actor: Actor, what: Pick<Sent, 'step' | 'sql'>): void {
  const sent: Sent = { script, ...what };
  const { session, number: process } = actor;
  actor.pending = { sent, waitNoted: false };
  void lab.operation({ process, f: 'statement', asked: sent }, async (): Promise<Reading> => {
    try {
      const value: Returned = await session.statement<Row>(sent.sql);
      return { outcome: 'ok', value };
    } catch (error) {
      const reading = readingOf(error);
      const code =
        reading.outcome === 'fail' ? (reading.value as { code: string }).code : undefined;
      actor.failure = { code, mustRollBack: code !== undefined && sent.sql !== 'COMMIT' };
      return reading;
    } finally {
      actor.pending = undefined;
    }
  });
}

/** What the server refuses took no effect; of a broken connection nobody knows. */
function readingOf(error: unknown): Reading {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const detail = String(message ?? error);
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
    ? { outcome: 'fail', value: { code, message: detail } }
    : { outcome: 'unknown', problem: { kind: 'connection', detail } };
}

/**
 * Until every statement has either returned, or waits for another session.
 * @returns false where that can't be known, or a session failed otherwise than by being refused
 */
async function settle(stage: Stage): Promise<boolean> {
  for (const actor of stage.actors) {
    if (actor.pending) {
      const { sql } = actor.pending.sent;
      const settled = await stage.lab.until(sql, () => isSettled(stage, actor), limitMs);
      if (settled === undefined) return false;
      // What has returned may have let another go on.
      if (settled === 'returned') return settle(stage);
    }
    const { failure } = actor;
    if (failure && failure.code !== serializationFailure) return false;
    if (failure?.mustRollBack === true) {
      actor.failure = { ...failure, mustRollBack: false };
      send(stage, actor, { sql: 'ROLLBACK' });
      return settle(stage);
    }
  }
  return true;
}

async function isSettled(stage: Stage, actor: Actor): Promise<'waits' | 'returned' | false> {
  const { lab, script, actors } = stage;
  const { pid } = actor.session;
  const [blocking] = await lab.database.query<{ pids: number[] }>(
    'SELECT pg_blocking_pids($1) AS pids',
    [pid],
  );
  const { pending } = actor;
  if (!pending) return 'returned';
  // Others on the server (autovacuum, …) may be in the way for a moment; that is not the script's.
  const waitsFor = actors
    .filter(({ session }) => blocking?.pids.includes(session.pid))
    .map(({ number }) => number);
  if (waitsFor.length === 0) return false;
  if (!pending.waitNoted) {
    const { step } = pending.sent;
    lab.note('waits', { script, step, session: actor.number, waitsFor } satisfies Waits);
    pending.waitNoted = true;
  }
  return 'waits';
}
