/** RabbitMQ and the Erlang that runs it, wherever they lie. */
export interface BrokerRuntime {
  /** `erl`, or what it would execute in the end. */
  readonly erl: string;
  /** What `erl` needs in its environment where it was moved from where it was made for. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder of `rabbit-…`, `ra-…` and all the others. */
  readonly plugins: string;
  /** `3.10.8` */
  readonly version: string;
}
