import { agreeing, counted } from '../../../src/kata/index.js';
import type { Coverage } from '../../../src/kata/index.js';
import type { Held } from '../notes.js';
import type { Story } from '../story.js';

/** What must have happened to the worker: seen at the broker's side of the wire, not told by it. */
export function coverageOf(story: Story): Coverage[] {
  return [copiesCame(story), cameAgain(story, 'cut'), cameAgain(story, 'crash'), crashed(story)];
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
