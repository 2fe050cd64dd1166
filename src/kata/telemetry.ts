/** What a program has told of itself: a span, as OpenTelemetry names its parts. */
export interface SpanSeen {
  /** `service.name` of whoever told; empty where it named none. */
  readonly service: string;
  /** 32 and 16 hexadecimal digits, lower case. */
  readonly traceId: string;
  readonly spanId: string;
  /** Left out of a root span. */
  readonly parentId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Microseconds since 1970, by the clock of whoever told. */
  readonly startUs: number;
  readonly endUs: number;
  readonly status: 'unset' | 'ok' | 'error';
  /** What the status says of an error. */
  readonly message?: string;
  /** The low eight bits are those of `traceparent`: bit 1 is "sampled". Left out where none came. */
  readonly flags?: number;
  readonly attributes: Attributes;
  readonly links: readonly SpanLink[];
  readonly events: readonly SpanEvent[];
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified';

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface SpanEvent {
  readonly name: string;
  readonly atUs: number;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Numbers that a double does not hold exactly are decimal text; bytes are base64. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** The note `telemetry`, as the experiment ends: what came to the lab's receiver. */
export interface TelemetryNote {
  /** When the case began: microseconds since 1970, by the clock of the lab. */
  readonly epochUs: number;
  /** Spans that were kept. */
  readonly spans: number;
  /** Exports of spans, of metrics and of logs that were taken. */
  readonly exports: { readonly traces: number; readonly metrics: number; readonly logs: number };
  /** Spans that could not be kept, by why. */
  readonly rejected: Readonly<Partial<Record<SpanFault | 'too-many', number>>>;
  /** Exports that were refused whole, by their status. */
  readonly refused: Readonly<Record<string, number>>;
  /** With `--otlp`: exports that went on to a collector of the user's own. */
  readonly handedOn?: HandedOn;
}

export interface HandedOn {
  readonly taken: number;
  readonly lost: number;
  /** Why the first was lost. */
  readonly why?: string;
}

/** Why a span is none. */
export type SpanFault = 'bad-trace-id' | 'bad-span-id' | 'bad-parent-id';
