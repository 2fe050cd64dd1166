import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '../connection.js';

const betweenLooksMs = 20;
const noticedWithinMs = 2_000;

/**
 * The server may still have to read what a program wrote that was stopped or killed a moment ago.
 * Waits until it has noticed that nobody else is connected to the database; not for long, for
 * programs that go on.
 */
export async function untilAlone(connection: RedisConnection, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + noticedWithinMs;
  while (performance.now() < deadline) {
    if (await isAlone(connection)) return;
    await sleep(betweenLooksMs, undefined, { signal });
  }
}

async function isAlone(connection: RedisConnection): Promise<boolean> {
  try {
    const own = await connection.clientInfo();
    const all = await connection.clientList();
    return all.every(({ id, db }) => db !== own.db || id === own.id);
  } catch (error) {
    // On a server of others the user may not ask who is there.
    if (connection.isReady) return true;
    throw error;
  }
}

/** Who waits in a read of this database; undefined where the user may not ask who is there. */
export async function countReaders(connection: RedisConnection): Promise<number | undefined> {
  try {
    const own = await connection.clientInfo();
    const all = await connection.clientList();
    return all.filter(({ db, flags }) => db === own.db && flags.includes(blocked)).length;
  } catch (error) {
    if (connection.isReady) return undefined;
    throw error;
  }
}

/** As CLIENT LIST marks a client that waits in a blocking command. */
const blocked = 'b';
