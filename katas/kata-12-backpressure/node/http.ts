import { BadRequest, type Reply } from '../../kit/node/serve.js';
import { JobQueue, type Options, type Work } from './queue.js';
import type { Strategy } from './strategies.js';

/** The queue is in this program. */
export function openHttp(strategy: Strategy, options: Options, work: Work) {
  const queue = new JobQueue(options, work);
  return {
    routes: {
      'POST /jobs': async (body: unknown): Promise<Reply> => strategy(queue, idIn(body)),
      'GET /jobs/{id}': (_body: unknown, { id = '' }: Readonly<Record<string, string>>) => {
        const state = queue.stateOf(id);
        return Promise.resolve<Reply>(
          state === undefined
            ? { status: 404, body: { error: `there is no job ${id}` } }
            : { status: 200, body: { id, state } },
        );
      },
    },
    close: () => queue.drained(),
  };
}

function idIn(body: unknown): string {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  if (typeof id !== 'string' || id === '') throw new BadRequest('a job needs an id');
  return id;
}
