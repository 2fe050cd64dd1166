import type { Coverage } from '../../../src/kata/index.js';
import { asksTheWriteSide, refusesWithinMs } from '../contract.js';
import { isIn, missedMs, plainOf, type Story } from '../story.js';

/** What must have happened for the run to mean anything. Who asks the write side follows no stream. */
export function coverage(story: Story, strategy: string, users: number): Coverage[] {
  const follows = strategy !== asksTheWriteSide;
  const { cut, cutWrite } = story;
  const all: readonly (Coverage & { readonly onlyOfAStream?: true })[] = [
    {
      condition: 'reads-overlapped-writes',
      met: users === 1 || haveOverlapped(story),
      story: {
        en: 'reads and writes of the load are to be under way at once',
        es: 'las lecturas y escrituras de la carga tienen que estar en curso a la vez',
      },
    },
    {
      condition: 'duplicates-came',
      met: story.relayed.some(({ how }) => how === 'again'),
      story: { en: 'events are to come again', es: 'tienen que llegar eventos otra vez' },
    },
    {
      condition: 'events-came-out-of-order',
      met: cameOutOfOrder(story),
      story: {
        en: 'a newer event of an order is to come before an older one',
        es: 'un evento más nuevo de un pedido tiene que llegar antes que uno más viejo',
      },
    },
    {
      condition: 'killed-in-the-middle',
      met:
        story.crashes.length === 3 &&
        story.crashes.every(({ met, keepsNothing }) => met || keepsNothing),
      onlyOfAStream: true,
      story: {
        en: 'the view is to be killed with half a batch, at an effect, and before it hears of it',
        es: 'la vista tiene que morir con medio lote, en un efecto, y antes de saber qué fue de él',
      },
    },
    {
      condition: 'rebuilt-from-the-stream',
      met: story.rebuilds.some(({ met }) => met),
      onlyOfAStream: true,
      story: {
        en: 'the stream is to stand still half way as the view is rebuilt',
        es: 'el stream tiene que pararse a medias mientras se reconstruye la vista',
      },
    },
    {
      condition: 'token-came-first',
      met: story.held.some(({ met }) => met),
      onlyOfAStream: true,
      story: {
        en: 'a token is to come to the view before the event that it names',
        es: 'un token tiene que llegar a la vista antes que el evento que nombra',
      },
    },
    {
      condition: 'ended-amid-a-wait',
      met: story.toldToEnd.some(({ met }) => met),
      onlyOfAStream: true,
      story: {
        en: 'the view is to be told to end while a read waits for its token',
        es: 'a la vista se le tiene que decir que termine mientras una lectura espera su token',
      },
    },
    {
      condition: 'consumer-was-cancelled',
      met: story.cancelled?.met === true,
      onlyOfAStream: true,
      story: {
        en: 'the broker is to cancel a consumer that the view has',
        es: 'el broker tiene que cancelar a un consumidor que la vista tenga',
      },
    },
    {
      condition: 'many-waited',
      met: story.crowd?.met === true,
      onlyOfAStream: true,
      story: {
        en: 'many reads are to wait for their tokens while others ask',
        es: 'muchas lecturas tienen que esperar sus tokens mientras otras preguntan',
      },
    },
    {
      condition: 'was-cut-off',
      met:
        cutWrite !== undefined &&
        (cut?.met === true || !follows) &&
        plainOf(story).some((read) => missedMs(read, cutWrite) > refusesWithinMs),
      story: {
        en: 'the view is to be cut off, and asked long after a write that it can know nothing of',
        es: 'la vista tiene que quedar aislada y ser preguntada mucho después de una escritura de la que no puede saber nada',
      },
    },
  ];
  return all
    .filter(({ onlyOfAStream }) => follows || !onlyOfAStream)
    .map(({ condition, met, story: told }) => ({ condition, met, story: told }));
}

function haveOverlapped(story: Story): boolean {
  const span = story.during('load');
  const reads = story.reads.filter((read) => read.token === undefined && isIn(read, span));
  return story.writes
    .filter((write) => isIn(write, span))
    .some((write) => reads.some(({ start, end }) => start < write.end && end > write.start));
}

function cameOutOfOrder({ relayed }: Story): boolean {
  const moved = relayed.filter(({ how }) => how === 'in-place');
  return moved.some((one, n) =>
    moved.slice(n + 1).some(({ order, version }) => order === one.order && version < one.version),
  );
}
