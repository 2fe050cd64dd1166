import type { Plan } from '../plan.js';
import { attemptOf } from './delay-set.js';
import { givenUp, type Way } from './work.js';

const waiting = 'work.delay';

/**
 * The trap: a stream of all that waits, looked at only at its head. A stream is in the order of
 * arrival, not in that of being due: whoever waits for 100 ms stands behind one that waits for a
 * second.
 */
export function oneDelayStream({ charge, backoff, attempts }: Plan): Way {
  return {
    async handle(message) {
      const attempt = attemptOf(message);
      const outcome = await charge(message.id);
      if (outcome === 'charged') return 'ack';
      if (outcome === 'refused' || attempt >= attempts) return givenUp(attempt);
      const due = Math.ceil(Date.now() + backoff(attempt));
      const headers = { 'x-attempt': String(attempt + 1), 'x-due': String(due) };
      return { moveTo: waiting, headers };
    },
    async move(client) {
      await client.eval(takeHead, { keys: [waiting, 'work'], arguments: [String(Date.now())] });
    },
  };
}

const takeHead = `
local function head()
  local entry = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
  if not entry then return nil end
  for at = 1, #entry[2], 2 do
    if entry[2][at] == 'x-due' and tonumber(entry[2][at + 1]) <= tonumber(ARGV[1]) then return entry end
  end
  return nil
end
local entry = head()
while entry do
  redis.call('XADD', KEYS[2], '*', unpack(entry[2]))
  redis.call('XDEL', KEYS[1], entry[1])
  entry = head()
end
`;
