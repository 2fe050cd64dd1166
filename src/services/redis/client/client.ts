import type { DrainedNote } from '../../../kata/broker.js';
import type { WorkQueue } from '../../../kata/work-queue.js';
import { restarts, type BrokerControl } from '../../private/restarts.js';
import type { Recorder } from '../../../history/recorder.js';
import { countReaders, untilAlone } from './alone.js';
import { RedisLink } from './link.js';
import { publishToStream } from './publish.js';
import { countWaiting, declareGroup, drainStream } from './stream.js';

/** The Redis of one case. */
export interface CaseRedis {
  /** Of the case's own database, with the password. */
  readonly url: string;
  readonly queue: WorkQueue;
  close(): Promise<void>;
}

interface Conditions {
  /** Of the case's own database. */
  readonly url: string;
  readonly control: BrokerControl;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** The lab's own way to the Redis of a case: never through the implementation. */
export function openRedis({ url, control, recorder, signal }: Conditions): CaseRedis {
  const link = new RedisLink(url, signal);
  return {
    url,
    queue: {
      kind: 'redis-streams',
      through: { broker: { url } },
      declare: async (name, { consumed = false } = {}) => {
        if (consumed) await link.again((connection) => declareGroup(connection, name));
      },
      publish: async (queue, messages) =>
        publishToStream(await link.open(), queue, messages, { recorder, signal }),
      waiting: (queue) => link.again((connection) => countWaiting(connection, queue)),
      takers: () => link.again(countReaders),
      async drain(queue) {
        const connection = await link.open();
        await untilAlone(connection, signal);
        const messages = await drainStream(connection, queue);
        recorder.note('drained', { queue, messages } satisfies DrainedNote);
        return messages;
      },
      ...restarts({ control, recorder }),
    },
    close: () => link.close(),
  };
}
