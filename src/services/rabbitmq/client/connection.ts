import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../../base/within.js';
import { connect, type Channel, type ChannelModel, type ConfirmChannel } from 'amqplib';

/** A broker that starts again is waited for so long. */
const patienceMs = 20_000;
const pauseMs = 50;
/** A broker that is alive answers sooner, whatever it is about. */
const answerWithinMs = 20_000;
const closeWithinMs = 5_000;

/**
 * The lab's own connection to the broker. One that broke is opened again by whoever asks next, so
 * that an experiment may stop and start the broker between two calls.
 */
export class BrokerConnection {
  readonly #url: string;
  readonly #signal: AbortSignal;
  #model: Promise<ChannelModel> | undefined;
  #closed = false;

  constructor(url: string, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** Nobody opens it again. */
  get isOver(): boolean {
    return this.#closed || this.#signal.aborted;
  }

  async confirmChannel(): Promise<ConfirmChannel> {
    return quiet(await this.#open((model) => model.createConfirmChannel()));
  }

  async channel(): Promise<Channel> {
    return quiet(await this.#open((model) => model.createChannel()));
  }

  /** For one piece of work: what the broker refuses closes this channel and no other. */
  async withChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await this.channel();
    try {
      return await work(channel);
    } finally {
      await closed(channel);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const model = await this.#model?.catch(() => undefined);
    if (model !== undefined) await closed(model);
  }

  /** A connection that broke may not know it yet: then the channel fails, and one more is made. */
  async #open<C>(make: (model: ChannelModel) => Promise<C>): Promise<C> {
    const model = await this.#connected();
    try {
      return await answered(make(model));
    } catch {
      this.#model = undefined;
      return answered(make(await this.#connected()));
    }
  }

  #connected(): Promise<ChannelModel> {
    this.#model ??= this.#connect();
    return this.#model;
  }

  async #connect(): Promise<ChannelModel> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      this.#signal.throwIfAborted();
      if (this.#closed) throw new Error('the connection to the broker is closed');
      try {
        const model = await connect(this.#url, {
          noDelay: true,
          timeout: answerWithinMs,
          clientProperties: { connection_name: 'plan' },
        });
        model.on('error', () => undefined);
        const forget = (): void => void (this.#model = undefined);
        model.on('close', forget);
        return model;
      } catch (error) {
        if (performance.now() > deadline) {
          this.#model = undefined;
          throw error;
        }
        await sleep(pauseMs);
      }
    }
  }
}

/** Whoever waits on a channel learns of its end from the promise or from `close`. */
function quiet<C extends Channel>(channel: C): C {
  channel.on('error', () => undefined);
  return channel;
}

/** What a client asks of a broker has no limit of its own. @throws PlanError `service-silent` */
export function answered<T>(answer: Promise<T>): Promise<T> {
  return within('RabbitMQ', answerWithinMs, answer);
}

/** One that is broken, or whose broker says nothing, is left to itself. */
export async function closed(channel: { close(): Promise<void> }): Promise<void> {
  try {
    await within('RabbitMQ', closeWithinMs, channel.close());
  } catch {
    // Nothing to be done about it.
  }
}
