import type {
  BrokerKind,
  Lab,
  OutgoingMessage,
  Program,
  Tap,
  WorkQueue,
} from '../../../src/kata/index.js';
import { attempts, deadLetters, work, type Cast, type Kind } from '../contract.js';
import type { CastNote, Clock } from '../notes.js';
import { Casting } from './cast.js';
import { Warehouse } from './warehouse.js';

export interface Scene {
  readonly lab: Lab;
  readonly queue: WorkQueue;
  /** Of RabbitMQ: what really passes between worker and broker. */
  readonly tap: Tap | undefined;
  readonly warehouse: Warehouse;
  /** All that was made until now. */
  readonly cast: Cast[];
  start(): Promise<Program>;
  /** Noted, and known to the warehouse; not published yet. */
  enter(cast: readonly Cast[]): void;
  /** Enters new ones of these kinds. */
  make(kinds: readonly Kind[]): readonly Cast[];
  publish(made: readonly Cast[]): Promise<void>;
}

export async function openScene(lab: Lab, broker: BrokerKind): Promise<Scene> {
  lab.note('clock', { now: new Date().toISOString() } satisfies Clock);
  const queue = await lab.workQueue(broker);
  await queue.declare(deadLetters);
  await queue.declare(work, { consumed: true, arguments: argumentsOf(lab.strategy) });
  const tap = broker === 'rabbitmq' ? await lab.broker.tap() : undefined;
  const warehouse = await Warehouse.open(lab);
  const cast: Cast[] = [];
  const casting = new Casting();
  const enter = (entered: readonly Cast[]): void => {
    cast.push(...entered);
    warehouse.expect(entered);
    lab.note('cast', { cast: entered } satisfies CastNote);
  };
  return {
    ...{ lab, queue, tap, warehouse, cast },
    start: () => lab.start({ ...queue.through, ...(tap && { broker: tap }), upstream: warehouse }),
    enter,
    make(kinds) {
      const made = casting.make(kinds);
      enter(made);
      return made;
    },
    async publish(made) {
      const messages = made.map(outgoing);
      await queue.publish(work, messages);
    },
  };
}

/**
 * A delivery limit of two is three deliveries: the broker counts those that came back, and gives up
 * at the return that makes more than the limit (measured on RabbitMQ 3.10). Left to its default,
 * at-most-once, it loses dead letters when the broker is killed (seen here); at-least-once wants
 * reject-publish. What a classic queue is told to give up goes to `work.retry`, which is there only
 * if a program declares it.
 */
function argumentsOf(strategy: string): Readonly<Record<string, unknown>> {
  return strategy === 'quorum-delivery-limit'
    ? {
        'x-queue-type': 'quorum',
        'x-delivery-limit': attempts - 1,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': deadLetters,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      }
    : { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'work.retry' };
}

function outgoing({ id, body, rawBody }: Cast): OutgoingMessage {
  return { id, body, ...(rawBody !== undefined && { rawBody }) };
}
