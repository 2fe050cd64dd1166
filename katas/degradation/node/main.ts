import type { IncomingHttpHeaders } from 'node:http';
import { readEnvironment } from '../../kit/node/environment.js';
import { run, type Reply } from '../../kit/node/serve.js';
import { deadlineOf } from './timeouts.js';
import type { Admission } from './guards.js';
import { serviceAt, type Call, type Outcome, type Route } from './services.js';
import { strategies } from './strategies.js';

const environment = readEnvironment();
const timeoutMs = environment.integer('PLAN_TIMEOUT_MS', 500);
const known = new Set(environment.text('API_KEYS').split(','));
const name = environment.text('PLAN_STRATEGY', 'all');
const make = strategies.get(name);
if (!make) throw new Error(`there is no strategy "${name}"`);
const { guard, hasDeadlines } = make({
  workers: environment.integer('PLAN_WORKERS', 8),
  clientRate: environment.integer('PLAN_CLIENT_RATE', 20),
  clientBurst: environment.integer('PLAN_CLIENT_BURST', 10),
});
const calls: Readonly<Record<Route, Call>> = {
  checkout: serviceAt(environment.text('CHECKOUT_URL'), 'checkout'),
  recommendations: serviceAt(environment.text('RECOMMENDATIONS_URL'), 'recommendations'),
};

async function handle(route: Route, id: string, headers: IncomingHttpHeaders): Promise<Reply> {
  const client = headers['x-api-key'];
  if (typeof client !== 'string' || !known.has(client))
    return { status: 401, body: { error: 'no such key' } };
  const deadline = hasDeadlines ? deadlineOf(headers, timeoutMs) : undefined;
  const admission = guard({ route, client });
  if ('refused' in admission) return refusal(admission);
  try {
    return answerTo(id, await calls[route](id, deadline));
  } finally {
    admission.leave();
  }
}

/** To this client, or to anybody: who is told the same number of seconds comes back together. */
function refusal({ refused, waitMs }: Extract<Admission, { refused: unknown }>): Reply {
  const isClients = refused === 'client';
  const seconds = isClients ? Math.max(1, Math.ceil(waitMs / 1000)) : 1 + Math.round(Math.random());
  return {
    status: isClients ? 429 : 503,
    body: { error: isClients ? 'too many of yours' : 'too much to do' },
    headers: { 'retry-after': String(seconds) },
  };
}

function answerTo(id: string, outcome: Outcome): Reply {
  switch (outcome.kind) {
    case 'answered':
      return { status: 200, body: { id, value: outcome.value } };
    case 'failed':
      return { status: 502, body: { error: 'the service behind failed' } };
    case 'out-of-time':
      return { status: 504, body: { error: 'out of time' } };
  }
}

run({
  port: environment.port,
  open: () =>
    Promise.resolve({
      routes: {
        'GET /checkout/{id}': (_body, { id = '' }, headers) => handle('checkout', id, headers),
        'GET /recommendations/{id}': (_body, { id = '' }, headers) =>
          handle('recommendations', id, headers),
      },
      close: () => Promise.resolve(),
    }),
});
