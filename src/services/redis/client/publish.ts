import type {
  OutgoingMessage,
  Published,
  PublishAnswer,
  PublishCounts,
} from '../../../kata/broker.js';
import type { Reading } from '../../../kata/client.js';
import type { Recorder } from '../../../history/recorder.js';
import { isRefusal, type RedisConnection } from '../connection.js';

const answerWithinMs = 10_000;

interface Conditions {
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/**
 * Appends all of them to a stream, pipelined and in this order; every message is an operation in
 * the history. What the server never answered is unknown, and says nothing about the program under
 * test.
 */
export async function publishToStream(
  connection: RedisConnection,
  stream: string,
  messages: readonly OutgoingMessage[],
  { recorder, signal }: Conditions,
): Promise<PublishCounts> {
  const given = givenUp(signal);
  const counts = { ok: 0, fail: 0, unknown: 0 };
  const publish = async (message: OutgoingMessage, n: number): Promise<void> => {
    const { id, body } = message;
    const asked: Published = { exchange: '', key: stream, id, body };
    const operation = recorder.invoke({ f: 'publish', process: n, asked });
    const appended = append(connection, stream, message);
    const reading = await Promise.race([appended, given.up]);
    operation.complete(reading);
    counts[reading.outcome] += 1;
  };
  try {
    await Promise.all(messages.map(publish));
    return counts;
  } finally {
    given.end();
  }
}

async function append(
  connection: RedisConnection,
  stream: string,
  message: OutgoingMessage,
): Promise<Reading> {
  try {
    await connection.xAdd(stream, '*', fieldsOf(message));
    return { outcome: 'ok', value: { confirmed: true } satisfies PublishAnswer };
  } catch (error) {
    if (await isRefusal(error))
      return { outcome: 'fail', value: { reason: 'nacked' } satisfies PublishAnswer };
    return lost('connection', error instanceof Error ? error.message : String(error));
  }
}

function fieldsOf({ id, body, rawBody, headers = {} }: OutgoingMessage): Record<string, string> {
  const others = Object.entries(headers).map(([name, value]) => [name, asText(value)] as const);
  return { ...Object.fromEntries(others), id, body: rawBody ?? JSON.stringify(body) };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Settles, for all of them, when the time is over or the run is interrupted. */
function givenUp(signal: AbortSignal): { up: Promise<Reading>; end: () => void } {
  let end = (): void => undefined;
  const up = new Promise<Reading>((resolve) => {
    const late = (): void =>
      resolve(lost('timeout', `no answer within ${answerWithinMs / 1000} s`));
    const interrupted = (): void => resolve(lost('connection', 'interrupted'));
    const timer = setTimeout(late, answerWithinMs);
    signal.addEventListener('abort', interrupted, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupted);
    };
  });
  return { up, end };
}

function lost(kind: 'timeout' | 'connection', detail: string): Reading {
  return { outcome: 'unknown', problem: { kind, detail, own: true } };
}
