import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whoever ends has closed its port by then, also where it waits for what is under way; milliseconds. */
const closedWithinMs = 1_000;
const knockEveryMs = 200;
/** One may have been let in before the signal was heard, on a machine that is late. */
const enough = 3;
const answeredWithinMs = 1_000;

/**
 * Knocks at a program that was told to end, for as long as it runs.
 * @returns what tells when it last answered a new connection, milliseconds since the signal; undefined
 *   where it did not do so several times, one after the other
 */
export function knocking(url: string, exited: Promise<unknown>): () => number | undefined {
  const began = performance.now();
  const gone = new AbortController();
  let inTurn = 0;
  let last: number | undefined;
  const knock = async (): Promise<void> => {
    await sleep(closedWithinMs, undefined, { signal: gone.signal });
    while (!gone.signal.aborted) {
      inTurn = (await isAnswered(url, gone.signal)) ? inTurn + 1 : 0;
      if (inTurn >= enough) last = Math.round(performance.now() - began);
      await sleep(knockEveryMs, undefined, { signal: gone.signal });
    }
  };
  void exited.then(() => gone.abort());
  // It ends by being aborted.
  void knock().catch(() => undefined);
  return () => last;
}

/** Until it is taken, milliseconds: one that still waits for that is nobody's. */
const takenMs = 100;

/**
 * A connection on which nothing is ever sent.
 * @returns what closes it again; undefined where the program takes none, or has ended
 */
export async function silentConnection(url: string): Promise<(() => void) | undefined> {
  const socket = net.connect(placeOf(url));
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answeredWithinMs) });
  } catch {
    socket.destroy();
    return undefined;
  }
  await sleep(takenMs);
  return () => socket.destroy();
}

async function isAnswered(url: string, signal: AbortSignal): Promise<boolean> {
  const socket = net.connect(placeOf(url));
  const within = AbortSignal.any([signal, AbortSignal.timeout(answeredWithinMs)]);
  try {
    await once(socket, 'connect', { signal: within });
    socket.write(`GET /health HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`);
    const [answer] = (await once(socket, 'data', { signal: within })) as [Buffer];
    return answer.toString('latin1').startsWith('HTTP/1.1 200');
  } catch {
    return false;
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

function placeOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
