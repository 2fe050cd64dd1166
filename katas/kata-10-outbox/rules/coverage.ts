import type { CheckResult, Text } from '../../../src/kata/index.js';
import type { Moment } from '../notes.js';
import type { Story } from '../story.js';

/** What must have happened for the run to mean anything. Without an outbox two points can't come. */
export function coverage({ moments, outboxUsed }: Story): CheckResult['coverage'] {
  return points
    .filter(({ onlyOfAnOutbox = false }) => outboxUsed || !onlyOfAnOutbox)
    .map(({ at, condition, need }) => ({
      condition,
      met: moments.some((moment) => moment.at === at && moment.met),
      story: need,
    }));
}

const points: readonly {
  readonly at: Moment['at'];
  readonly condition: string;
  readonly need: Text;
  readonly onlyOfAnOutbox?: boolean;
}[] = [
  {
    at: 'publish',
    condition: 'crashed-before-publishing',
    need: {
      en: 'a process is to be killed with its event held on the way to the broker',
      es: 'un proceso tiene que morir con su evento retenido de camino al broker',
    },
  },
  {
    at: 'insert',
    condition: 'crashed-at-the-order',
    need: {
      en: 'the service is to be killed as it writes an order',
      es: 'el servicio tiene que morir al escribir un pedido',
    },
  },
  {
    at: 'outbox',
    condition: 'crashed-at-the-outbox',
    onlyOfAnOutbox: true,
    need: {
      en: 'the service is to be killed as it writes to the outbox',
      es: 'el servicio tiene que morir al escribir en el outbox',
    },
  },
  {
    at: 'commit',
    condition: 'crashed-at-the-commit',
    need: {
      en: 'the service is to be killed as it commits an order',
      es: 'el servicio tiene que morir al hacer commit de un pedido',
    },
  },
  {
    at: 'lost-before-commit',
    condition: 'lost-before-the-commit',
    need: {
      en: 'a session is to be lost at its COMMIT, before it takes effect',
      es: 'tiene que perderse una sesión en su COMMIT, antes de que surta efecto',
    },
  },
  {
    at: 'lost-after-commit',
    condition: 'lost-after-the-commit',
    need: {
      en: 'a session is to be lost at its COMMIT, before the answer',
      es: 'tiene que perderse una sesión en su COMMIT, antes de la respuesta',
    },
  },
  {
    at: 'refused',
    condition: 'broker-refused',
    need: {
      en: 'the broker is to refuse an event once',
      es: 'el broker tiene que rechazar un evento una vez',
    },
  },
  {
    at: 'late-commit',
    condition: 'one-committed-late',
    onlyOfAnOutbox: true,
    need: {
      en: 'an order that came first is to commit after others that came later',
      es: 'un pedido que llegó antes tiene que hacer commit después de otros posteriores',
    },
  },
  {
    at: 'mark',
    condition: 'crashed-after-publishing',
    need: {
      en: 'everything is to be killed once an event is published and not confirmed',
      es: 'todo tiene que morir con un evento publicado y sin confirm',
    },
  },
  {
    at: 'outage',
    condition: 'broker-was-down',
    need: {
      en: 'an event is to come just before the broker is down, and orders while it is',
      es: 'tiene que llegar un evento justo antes de que caiga el broker, y pedidos mientras lo está',
    },
  },
];
