import type { Routes } from './routes.js';

/**
 * `GET /health` of a program that may lose what it works on and live on: 503 for so long. Whoever
 * watches over a worker that consumes nothing has to hear of it; its port is open all the while.
 */
export function healthyWhile(isReady: () => boolean): Routes {
  return {
    'GET /health': () =>
      Promise.resolve(
        isReady()
          ? { status: 200, body: { status: 'ok' } }
          : { status: 503, body: { status: 'the broker is away' } },
      ),
  };
}
