import path from 'node:path';
import type { Channel } from 'amqplib';
import { hashSources } from '../../src/base/hash.js';
import { buildImplementation } from '../../src/lab/implementation/build.js';
import { resolveImplementation } from '../../src/lab/implementation/resolve.js';
import { startProgram } from '../../src/lab/implementation/start.js';
import type { Built, RunningProgram } from '../../src/lab/implementation/types.js';
import { repository } from './cli.js';
import { until } from './processes.js';

/** Two busy cores take their time. */
export const limitMs = 60_000;

/** The program of test/support/amqp-worker, on the kit of its language. */
export async function buildWorker(
  language: string,
  { home, signal }: { readonly home: string; readonly signal: AbortSignal },
): Promise<Built> {
  const own = path.join(repository, 'test', 'support', 'amqp-worker', language);
  const kataFolder = path.join(repository, 'katas');
  const resolved = await resolveImplementation({ kataFolder, own, language, cwd: home });
  const kit = path.join(kataFolder, 'kit', language);
  const hash = `${resolved.hash} ${await hashSources(kit)}`;
  return buildImplementation({ ...resolved, kit, hash }, { signal });
}

export async function startWorker(
  built: Built,
  given: Parameters<typeof startProgram>[1],
): Promise<RunningProgram> {
  const outcome = await startProgram(built, given);
  if (!outcome.healthy) throw new Error(outcome.reason.logTail.join('\n'));
  return outcome.program;
}

/** Those that the program knows. */
export async function declareQueues(channel: Channel): Promise<void> {
  const dead = { deadLetterExchange: '', deadLetterRoutingKey: 'dead' };
  await channel.assertQueue('work', dead);
  for (const name of ['begun', 'done', 'dead']) await channel.assertQueue(name);
}

export function untilHealthIs(worker: RunningProgram, status: number, why: string): Promise<void> {
  const answers = async () => (await fetch(`${worker.url}/health`)).status === status;
  return until(why, answers, limitMs);
}
