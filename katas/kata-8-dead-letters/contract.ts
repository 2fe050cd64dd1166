import {
  brokerKinds,
  choice,
  integer,
  type Acts,
  type UpstreamCall,
} from '../../src/kata/index.js';

export const options = {
  messages: integer({
    default: 100,
    min: 10,
    max: 100_000,
    help: { en: 'good messages of the flood', es: 'mensajes buenos de la avalancha' },
  }),
  prefetch: integer({
    default: 5,
    min: 1,
    max: 500,
    help: {
      en: 'messages that the worker has in hand at once',
      es: 'mensajes que el worker tiene entre manos a la vez',
    },
  }),
  restart: choice(['kill', 'stop', 'cut', 'none'], {
    default: 'kill',
    help: {
      en: 'what befalls the broker: killed and started, stopped and started, connections cut, nothing',
      es: 'qué le pasa al broker: matarlo y arrancarlo, pararlo y arrancarlo, cortar conexiones, nada',
    },
  }),
  broker: choice(brokerKinds, {
    default: 'rabbitmq',
    help: { en: 'who carries the messages', es: 'quién lleva los mensajes' },
  }),
};

const anywhere = [
  ...['good-done-once', 'poison-in-dlq-once', 'only-poison-dead', 'three-attempts', 'reason-told'],
  ...[
    'body-kept',
    'none-lost',
    'confirms-before-ack',
    'copies-outlive-a-restart',
    'calls-as-asked',
    'settles-once',
    'prefetch-kept',
    'finishes',
  ],
];

export const acts: Acts = {
  'poison-flood': {
    title: { en: 'poison among good messages', es: 'mensajes venenosos entre los buenos' },
    breaks: [...anywhere, 'others-move-on', 'tried-again-in-time'],
    covers: [],
  },
  'worker-replaced': {
    title: {
      en: 'a new worker in the middle of the attempts',
      es: 'un worker nuevo en mitad de los intentos',
    },
    breaks: [...anywhere, 'settled-on-sigterm'],
    covers: ['replaced-between-attempts'],
  },
  'connection-cut': {
    title: {
      en: 'the connection breaks with work in hand',
      es: 'la conexión se rompe con trabajo entre manos',
    },
    breaks: anywhere,
    covers: ['cut-with-work-in-hand', 'redelivered-after-the-cut'],
  },
  'worker-killed': {
    title: {
      en: 'the worker dies with work in hand',
      es: 'el worker muere con trabajo entre manos',
    },
    breaks: anywhere,
    covers: ['killed-with-work-in-hand'],
  },
  'broker-restarted': {
    title: {
      en: 'the broker goes down with work in hand',
      es: 'el broker se cae con trabajo entre manos',
    },
    breaks: [...anywhere, 'others-move-on'],
    covers: ['restarted-with-work-in-hand', 'redelivered-after-the-restart'],
  },
};

export const work = 'work';

export const deadLetters = 'work.dead';

/** What a message is given up after. */
export const attempts = 3;

/**
 * `late` is busy twice and then ships; `stubborn` would ship at the fourth attempt, which is one too
 * many; `refused` never ships; `unreadable` is no order at all.
 */
export type Kind = 'good' | 'late' | 'stubborn' | 'refused' | 'unreadable';

export interface Cast {
  /** `message_id` */
  readonly id: string;
  /** Undefined of what is unreadable. */
  readonly shipment: string | undefined;
  readonly kind: Kind;
  readonly body: unknown;
  /** As it is sent; not in runs stored before the lab kept it. */
  readonly rawBody?: string;
  /** What the warehouse says to each attempt that fails; as above. */
  readonly refusal?: Refusal;
}

export interface Refusal {
  readonly status: number;
  readonly error: string;
}

/**
 * A shipment as the warehouse names it in what it says of it: no other has this in its reason.
 */
export const named = (shipment: string): string => `(${shipment})`;

export const isPoison = ({ kind }: Pick<Cast, 'kind'>): boolean =>
  kind === 'refused' || kind === 'stubborn' || kind === 'unreadable';

/** Undefined of a body that is none. */
export function shipmentOf(body: unknown): string | undefined {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** Undefined for what is no call of the contract. */
export function shipmentIn({ method, path, text }: UpstreamCall): string | undefined {
  if (method !== 'POST' || path !== '/shipments') return undefined;
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
