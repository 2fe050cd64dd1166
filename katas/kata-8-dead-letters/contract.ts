import { brokerKinds, choice, integer } from '../../src/kata/index.js';

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
