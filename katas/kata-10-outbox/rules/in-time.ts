import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** Twice the time that it may take has gone by, with everything up and nothing else to publish. */
export function eventInTime({ late, byOrder }: Story): Finding {
  const rule: Text = {
    en: 'An event comes within five seconds where everything is up.',
    es: 'Un evento llega en cinco segundos si todo está en pie.',
  };
  const [one] = late;
  if (!one) return finding('event-in-time', rule, undefined);
  const came = byOrder.get(one.order)?.[0];
  const later: Text = came
    ? {
        en: ` It came later (line ${came.line}), when something else woke whoever publishes.`,
        es: ` Llegó más tarde (línea ${came.line}), cuando otra cosa despertó a quien publica.`,
      }
    : { en: '', es: '' };
  return finding('event-in-time', rule, {
    story: {
      en: `order ${one.order} was acknowledged, and ten seconds later, with database, broker and relays up and nothing else to publish, its event had not come (history line ${one.line}).${later.en}`,
      es: `el pedido ${one.order} recibió un 201, y diez segundos después, con la base de datos, el broker y los relays en pie y nada más que publicar, su evento no había llegado (línea ${one.line} del historial).${later.es}`,
    },
    lines: [one.line, ...(came ? [came.line] : [])],
  });
}
