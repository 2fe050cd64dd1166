import { finding, undecided, type Finding, type Text } from '../../../src/kata/index.js';
import type { Ending, Story } from '../story.js';

/** Of the five seconds that it has: whoever needs more may have had to leave something. */
const inTimeMs = 4_000;

/** Told to stop, a service brings to its end what it has in hand; what it answers is the contract's own rule. */
export function stopsInOrder({ endings }: Story): Finding {
  const name = 'stops-in-order';
  const rule: Text = {
    en: 'On SIGTERM a service finishes the message that it has in hand.',
    es: 'Con SIGTERM un servicio acaba el mensaje que tiene entre manos.',
  };
  const left = endings.filter(isLeft);
  const [one] = left.filter(({ stopped }) => (stopped?.tookMs ?? Infinity) < inTimeMs);
  if (!one && left.length > 0)
    return undecided(name, rule, {
      en: 'a service needed nearly all of the time that it has for ending, so it may have been cut short',
      es: 'un servicio necesitó casi todo el tiempo que tiene para terminar, así que puede que no le alcanzara',
    });
  if (!one) return finding(name, rule, undefined);
  const { role, order, line, stopped } = one;
  const end = stopped?.line ?? line;
  return finding(name, rule, {
    story: {
      en: `${role} stood in the middle of a message about order ${order} when it got SIGTERM. It ended ${stopped?.tookMs} ms later (history line ${end}), and nothing of what it was at is in its database (line ${line}).`,
      es: `${role} estaba en mitad de un mensaje sobre el pedido ${order} cuando recibió SIGTERM. Terminó ${stopped?.tookMs} ms después (línea ${end} del historial), y en su base de datos no hay nada de lo que hacía (línea ${line}).`,
    },
    lines: [end, line],
  });
}

/** How it ended is the contract's own rule: what was killed, or died, says nothing here. */
const isLeft = ({ amid, met, isDone, stopped }: Ending): boolean =>
  amid === 'message' && met && !isDone && stopped?.kind === 'drained';
