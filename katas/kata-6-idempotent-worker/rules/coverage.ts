import { agreeing, counted, type Coverage, type Text } from '../../../src/kata/index.js';
import type { Frozen, Held } from '../notes.js';
import type { Story } from '../story.js';

/** What must have happened to the worker: seen at the broker's side of the wire, not told by it. */
export function coverageOf(story: Story): Coverage[] {
  return [
    copiesCame(story),
    cameAgain(story, 'cut'),
    cameAgain(story, 'crash'),
    crashed(story),
    ...standsIn(story),
    connectedInVain(story),
    stopped(story),
  ];
}

/** The publisher's own duplicates: delivered as new messages. */
function copiesCame({ messages }: Story): Coverage {
  const copies = messages.reduce((sum, { deliveries }) => {
    const fresh = deliveries.filter(({ redelivered }) => !redelivered).length;
    return sum + Math.max(0, fresh - 1);
  }, 0);
  return {
    condition: 'copies-delivered',
    met: copies >= 1,
    story: {
      en: `${copies} copies of messages were delivered (1 is needed)`,
      es: `se entregaron ${copies} copias de mensajes (hace falta 1)`,
    },
  };
}

/** The effect was there, its acknowledgement never arrived, and the message came again. */
function cameAgain({ held, messages }: Story, then: Held['then']): Coverage {
  const hit = held.find((one) => one.then === then && one.rows > 0);
  const told = messages.find(({ id }) => id === hit?.id);
  const again = told?.deliveries.find(
    ({ line, redelivered }) => redelivered && line > (hit?.line ?? 0),
  );
  const names = {
    cut: {
      condition: 'redelivered-after-a-cut',
      en: 'the connection was cut',
      es: 'se cortó la conexión',
    },
    crash: {
      condition: 'crashed-between-effect-and-ack',
      en: 'the worker was killed',
      es: 'se mató al worker',
    },
  };
  const { condition, en, es } = names[then];
  const came = again ? 1 : 0;
  return {
    condition,
    met: came === 1,
    story: {
      en: `${counted.en(came, 'message was', 'messages were')} redelivered after ${en} between the effect and its acknowledgement (1 is needed)`,
      es: `${agreeing.es(came, 'se reentregó', 'se reentregaron')} ${counted.es(came, 'mensaje', 'mensajes')} después de que ${es} entre el efecto y su ack (hace falta 1)`,
    },
  };
}

/** In the middle of the effect: nothing of it may stay, and the message must come again. */
function crashed({ frozen, messages }: Story): Coverage {
  const hits = frozen.filter(({ at, then }) => at === 'charges' && then === 'crash');
  const came = hits.filter((hit) =>
    messages
      .find(({ id }) => id === hit.id)
      ?.deliveries.some(({ line, redelivered }) => redelivered && line > hit.thawedOn),
  ).length;
  return {
    condition: 'crashed-before-the-effect',
    met: came >= 1,
    story: {
      en: `${counted.en(came, 'message was', 'messages were')} redelivered after the worker was killed at the INSERT that takes the payment (1 is needed)`,
      es: `${agreeing.es(came, 'se reentregó', 'se reentregaron')} ${counted.es(came, 'mensaje', 'mensajes')} después de matar al worker en el INSERT que cobra el pago (hace falta 1)`,
    },
  };
}

/** The worker stood at the INSERT that takes a payment, and then what the act is about happened. */
function standsIn(story: Story): Coverage[] {
  const { frozen } = story;
  const stoodIn = (act: Frozen['in']) => frozen.filter((one) => one.in === act);
  const lost = stoodIn('session-lost').filter(({ then }) => then === 'error').length;
  const waited = stoodIn('slow-database').length;
  const again = stoodIn('cut-in-hand').filter((one) =>
    deliveriesOf(story, one.id).some(({ line, redelivered }) => redelivered && line > one.line),
  ).length;
  const hands = stoodIn('two-workers').map(
    (one) => deliveriesOf(story, one.id).filter(({ line }) => line < one.thawedOn).length,
  );
  const atOnce = Math.max(0, ...hands);
  return [
    condition('lost-its-session-twice', lost, 2, {
      en: `the database ended ${counted.en(lost, 'session', 'sessions')} at the INSERT that takes a payment`,
      es: `la base de datos cortó ${counted.es(lost, 'sesión', 'sesiones')} en el INSERT que cobra un pago`,
    }),
    condition('lost-an-answer', story.unanswered.length, 1, {
      en: `${counted.en(story.unanswered.length, 'session', 'sessions')} ended before the worker heard that the payment was taken`,
      es: `${counted.es(story.unanswered.length, 'sesión terminó', 'sesiones terminaron')} antes de que el worker supiera que el pago estaba cobrado`,
    }),
    condition('waited-for-the-database', waited, 1, {
      en: `the worker waited ${counted.en(waited, 'time', 'times')} for a database that took its time`,
      es: `el worker esperó ${counted.es(waited, 'vez', 'veces')} a una base de datos que se tomaba su tiempo`,
    }),
    condition('cut-with-work-in-hand', again, 1, {
      en: `${counted.en(again, 'message', 'messages')} in hand came again after the connection was cut`,
      es: `${agreeing.es(again, 'volvió', 'volvieron')} ${counted.es(again, 'mensaje', 'mensajes')} de los que había entre manos cuando se cortó la conexión`,
    }),
    condition('in-two-hands', atOnce, 2, {
      en: `${counted.en(atOnce, 'delivery of one message was', 'deliveries of one message were')} in hand at once`,
      es: `${counted.es(atOnce, 'entrega de un mismo mensaje estuvo', 'entregas de un mismo mensaje estuvieron')} entre manos a la vez`,
    }),
  ];
}

const deliveriesOf = ({ messages }: Story, id: string) =>
  messages.find((told) => told.id === id)?.deliveries ?? [];

function connectedInVain({ away }: Story): Coverage {
  const attempts = away?.attempts ?? 0;
  return condition('connected-in-vain', attempts, 1, {
    en: `the worker tried ${counted.en(attempts, 'time', 'times')} to connect to a broker that was away`,
    es: `el worker intentó ${counted.es(attempts, 'vez', 'veces')} conectarse a un broker ausente`,
  });
}

function stopped({ stop }: Story): Coverage {
  const standing = stop?.asked.standing ?? 0;
  return condition('stopped-with-work-in-hand', standing, 1, {
    en: `${counted.en(standing, 'statement was', 'statements were')} under way when the worker was told to stop`,
    es: `había ${counted.es(standing, 'sentencia', 'sentencias')} en marcha cuando se pidió al worker que parase`,
  });
}

function condition(name: string, count: number, needed: number, { en, es }: Text): Coverage {
  const needs: Text =
    needed === 1
      ? { en: '1 is needed', es: 'hace falta 1' }
      : { en: `${needed} are needed`, es: `hacen falta ${needed}` };
  return {
    condition: name,
    met: count >= needed,
    story: { en: `${en} (${needs.en})`, es: `${es} (${needs.es})` },
  };
}
