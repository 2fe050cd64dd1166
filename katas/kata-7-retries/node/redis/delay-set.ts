import type { Redis, StreamMessage } from '../../../kit/node/redis.js';
import type { Plan } from '../plan.js';
import { givenUp, type Way } from './work.js';

/** All that waits, sorted by the moment in which it is due: any mix of delays finds its order. */
const waiting = 'work.delay';
/** As many as one step moves: while a script runs, Redis does nothing else. */
const atOnce = 100;

/**
 * A sorted set takes the place of all the delay queues. Redis does not wait for anybody, so each
 * worker looks now and then what is due. Into the set and out of it are one step each, by a script:
 * whoever dies has done all of it or none.
 */
export function delaySet({ charge, backoff, attempts }: Plan): Way {
  return {
    async handle(message, client) {
      const attempt = attemptOf(message);
      const outcome = await charge(message.id);
      if (outcome === 'charged') return 'ack';
      if (outcome === 'refused' || attempt >= attempts) return givenUp(attempt);
      await putAside(client, message, attempt + 1, backoff(attempt));
      // The script has acknowledged it.
      return 'ack';
    },
    async move(client) {
      await client.eval(takeBack, { keys: [waiting, 'work'], arguments: [String(atOnce)] });
    },
  };
}

export function attemptOf({ headers }: StreamMessage): number {
  return Number(headers['x-attempt'] ?? 1);
}

async function putAside(
  client: Redis,
  { entry, id, body }: StreamMessage,
  attempt: number,
  ms: number,
): Promise<void> {
  const member = JSON.stringify({ id, body, attempt: String(attempt) });
  const keys = ['work', waiting];
  await client.eval(aside, { keys, arguments: ['workers', entry, String(ms), member] });
}

/** By the clock of Redis: workers have many clocks. */
const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
`;

/** Only who takes it from the pending ones puts it aside. */
const aside = `${now}
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('XDEL', KEYS[1], ARGV[2])
  redis.call('ZADD', KEYS[2], string.format('%.3f', now + ARGV[3]), ARGV[4])
end
`;

const takeBack = `${now}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.3f', now), 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do
  local message = cjson.decode(member)
  redis.call('XADD', KEYS[2], '*', 'id', message.id, 'body', message.body, 'x-attempt', message.attempt)
  redis.call('ZREM', KEYS[1], member)
end
`;
