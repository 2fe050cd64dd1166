import type { Around } from '../../../kit/node/serve.js';
import { requests } from '../../../kit/node/telemetry/metrics.js';

/** Counts, and writes lines that look like something: which of them belong together, nobody knows. */
export const blindly: Around = async ({ method, route = 'none' }, answer) => {
  const end = requests.startTimer();
  const reply = await answer();
  end({
    http_request_method: method,
    http_route: route,
    http_response_status_code: reply.status,
  });
  if (method === 'POST') process.stdout.write(`INFO an order was answered with ${reply.status}\n`);
  return reply;
};
