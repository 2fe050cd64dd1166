import type { Coverage } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** What must have come about for the run to mean anything. */
export function coverage(story: Story, requests: number): Coverage[] {
  const { placed, held, settled, strays, stopped, again, unconfirmed } = story;
  const of = (act: string) => placed.filter((one) => one.act === act);
  const kinds = new Set(of('contexts').map(({ context }) => context));
  // Of which nothing hangs: either way with them is right.
  kinds.delete('newer-flags');
  const crowd = of('crowd');
  const most = mostAtOnce(crowd);
  const givenBack = settled.filter(({ how }) => how === 'requeue').length;
  return [
    {
      condition: 'contexts-came',
      met: kinds.size === 4,
      story: {
        en: `${kinds.size} of 4 kinds of context were answered`,
        es: `se respondieron ${kinds.size} de 4 clases de contexto`,
      },
    },
    {
      condition: 'requests-overlapped',
      met: most >= 2 && crowd.length >= requests / 2,
      story: {
        en: `${crowd.length} of ${requests} orders of the crowd were taken, ${most} at once`,
        es: `se aceptaron ${crowd.length} de ${requests} pedidos de la multitud, ${most} a la vez`,
      },
    },
    {
      condition: 'a-message-failed',
      met: givenBack >= 4,
      story: {
        en: `${givenBack} messages were given back to the queue`,
        es: `${givenBack} mensajes volvieron a la cola`,
      },
    },
    {
      condition: 'a-message-came-twice',
      met: again.size > 0,
      story: {
        en: `${again.size} messages were put into the queue once more`,
        es: `${again.size} mensajes se pusieron otra vez en la cola`,
      },
    },
    {
      condition: 'a-statement-waited',
      met: held?.met === true,
      story: {
        en:
          held?.met === true
            ? 'a statement waited for the lock'
            : 'no statement waited for the lock',
        es:
          held?.met === true
            ? 'una sentencia esperó el bloqueo'
            : 'ninguna sentencia esperó el bloqueo',
      },
    },
    {
      condition: 'paths-were-asked',
      met: strays >= 100,
      story: {
        en: `${strays} unknown paths were answered`,
        es: `se respondieron ${strays} rutas desconocidas`,
      },
    },
    {
      condition: 'stopped-at-once',
      met: stopped.length === 2 && unconfirmed?.met === true && of('shutdown').length > 0,
      story: {
        en: `${stopped.length} of 2 programs were stopped right after the last order`,
        es: `${stopped.length} de 2 programas se detuvieron justo tras el último pedido`,
      },
    },
  ];
}

function mostAtOnce(crowd: Story['placed']): number {
  const edges = crowd
    .flatMap(({ start, tookMs }) => [[start, 1] as const, [start + tookMs * 1000, -1] as const])
    .sort(([a, up], [b, down]) => a - b || up - down);
  let [now, most] = [0, 0];
  for (const [, step] of edges) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}
