import type { Arguments, Delivery, OnChannel, Settled } from '../../../kata/broker-tap.js';
import type { AmqpEvent, DeliveryFields } from './amqp-methods.js';
import type { TapRecord } from './tap-record.js';

type Event<N extends AmqpEvent['name']> = Extract<AmqpEvent, { name: N }>;

interface Consumer {
  readonly queue: string;
  readonly noAck: boolean;
}

/** What has been said on one channel: who holds which delivery, and which publication waits. */
export class TappedChannel {
  readonly #at: OnChannel;
  readonly #record: TapRecord;
  /** By consumer tag. */
  readonly #consumers = new Map<string, Consumer>();
  /** That the broker is still to name. */
  readonly #unnamed: Consumer[] = [];
  /** Gets that the broker is still to answer: whether they are without acknowledgement. */
  readonly #gets: boolean[] = [];
  readonly #unacked = new Map<number, Delivery>();
  readonly #unconfirmed = new Map<number, { publication: number; id: string }>();
  #confirms = false;
  #transacted = false;
  #published = 0;
  /** Content follows in a frame of its own. */
  #delivering: DeliveryFields | undefined;
  #autoAck = false;
  #publishing: Event<'publish'> | undefined;
  /** What is still said after this is said in ignorance of it. */
  #closed = false;

  constructor(at: OnChannel, record: TapRecord) {
    this.#at = at;
    this.#record = record;
  }

  get unacked(): readonly Delivery[] {
    return [...this.#unacked.values()];
  }

  /** Queues, once for each consumer. */
  get consumed(): readonly string[] {
    return [...this.#consumers.values()].map(({ queue }) => queue);
  }

  /** Tags of its consumers on a queue. */
  consumersOf(queue: string): readonly string[] {
    return [...this.#consumers].flatMap(([tag, one]) => (one.queue === queue ? [tag] : []));
  }

  fromProgram(event: AmqpEvent): void {
    if (this.#closed) return;
    switch (event.name) {
      case 'consume':
        this.#consume(event);
        break;
      case 'cancel':
        this.#consumers.delete(event.consumer);
        break;
      case 'get':
        this.#gets.push(event.noAck);
        break;
      case 'ack':
        this.#settle(event.tag, event.multiple, 'ack');
        break;
      case 'nack':
        this.#settle(event.tag, event.multiple, event.requeue ? 'requeue' : 'discard');
        break;
      case 'recover':
        this.#settle(0, true, 'requeue');
        break;
      case 'confirm-select':
        this.#confirms = true;
        break;
      case 'tx-select':
        this.#transacted = true;
        break;
      case 'publish':
        this.#publishing = event;
        break;
      case 'properties':
        this.#publish(event);
        break;
      case 'declare':
        this.#declare(event);
        break;
      case 'channel-close':
        this.#close('program', event);
        break;
      default:
    }
  }

  fromBroker(event: AmqpEvent): void {
    if (this.#closed) return;
    switch (event.name) {
      case 'consume-ok':
        this.#named(event.consumer);
        break;
      case 'cancel':
        this.#consumers.delete(event.consumer);
        break;
      case 'deliver':
        this.#delivering = event.delivery;
        this.#autoAck = this.#consumers.get(event.delivery.consumer)?.noAck ?? false;
        break;
      case 'get-ok':
        this.#delivering = event.delivery;
        this.#autoAck = this.#gets.shift() ?? false;
        break;
      case 'get-empty':
        this.#gets.shift();
        break;
      case 'return':
        this.#delivering = undefined;
        break;
      case 'properties':
        this.#deliver(event.id, event.headers);
        break;
      case 'ack':
        this.#confirm(event.tag, event.multiple, 'ack');
        break;
      case 'nack':
        this.#confirm(event.tag, event.multiple, 'nack');
        break;
      case 'channel-close':
        this.#close('broker', event);
        break;
      default:
    }
  }

  #named(tag: string): void {
    if (this.#consumers.has(tag)) return;
    const consumer = this.#unnamed.shift();
    if (consumer) this.#consumers.set(tag, consumer);
  }

  #deliver(id: string, headers: Arguments): void {
    const fields = this.#delivering;
    if (!fields) return;
    this.#delivering = undefined;
    const { tag, exchange, key, redelivered } = fields;
    const autoAck = this.#autoAck;
    const delivery = this.#record.delivered({
      ...this.#at,
      ...{ id, exchange, key, redelivered, headers, autoAck },
    });
    if (autoAck) this.#record.settled(this.#at, delivery, 'ack');
    else this.#unacked.set(tag, delivery);
  }

  /** Tag 0 with `multiple` means all there are; with none it is no error. */
  #settle(tag: number, multiple: boolean, how: 'ack' | 'requeue' | 'discard'): void {
    const tags = multiple
      ? [...this.#unacked.keys()].filter((one) => tag === 0 || one <= tag)
      : [tag].filter((one) => this.#unacked.has(one));
    for (const one of tags) {
      this.#record.settled(this.#settling, this.#unacked.get(one), how);
      this.#unacked.delete(one);
    }
    if (tags.length === 0 && tag !== 0) this.#record.settled(this.#settling, undefined, how);
  }

  get #settling(): Pick<Settled, keyof OnChannel | 'transacted'> {
    return this.#transacted ? { ...this.#at, transacted: true } : this.#at;
  }

  #consume(event: Event<'consume'>): void {
    if (event.consumer === '') this.#unnamed.push(event);
    else this.#consumers.set(event.consumer, event);
  }

  #declare(event: Event<'declare'>): void {
    const { passive, queue, durable, exclusive } = event;
    if (!passive) this.#record.declared({ ...this.#at, queue, durable, exclusive });
  }

  #publish({ id, headers, persistent }: Event<'properties'>): void {
    const route = this.#publishing;
    if (!route) return;
    this.#publishing = undefined;
    const { exchange, key } = route;
    const publication = this.#record.published({
      ...this.#at,
      ...{ id, exchange, key, headers, persistent },
    });
    if (!this.#confirms) return;
    this.#published += 1;
    this.#unconfirmed.set(this.#published, { publication, id });
  }

  #confirm(tag: number, multiple: boolean, how: 'ack' | 'nack'): void {
    for (const [seq, { publication, id }] of this.#unconfirmed) {
      if (seq !== tag && !(multiple && seq < tag)) continue;
      this.#unconfirmed.delete(seq);
      this.#record.confirmed({ ...this.#at, publication, id, how });
    }
  }

  #close(by: 'broker' | 'program', { code, text }: Event<'channel-close'>): void {
    this.#closed = true;
    const unacked = this.unacked.map(({ id }) => id);
    this.#record.channelClosed({ ...this.#at, by, code, text, unacked });
    this.#unacked.clear();
    this.#consumers.clear();
  }
}
