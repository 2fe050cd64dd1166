import {
  finding,
  noted,
  type DeclaredQueue,
  type Finding,
  type History,
  type Noted,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { deadLetters } from '../contract.js';
import type { Story } from '../story.js';

/**
 * By the time that a restart takes what waits, its original is acknowledged: nothing is left of it.
 * Whether a restart falls just into such a wait is chance; what a worker declares and sends is not.
 */
export function copiesOutliveRestart(history: History, story: Story): Finding {
  const rule: Text = {
    en: 'What waits for its next attempt outlives a restart: it is persistent, in a durable queue of nobody alone.',
    es: 'Lo que espera su próximo intento sobrevive a un reinicio: es persistente, en una cola durable que no es exclusiva.',
  };
  return finding(
    'copies-outlive-a-restart',
    rule,
    inPassingQueue(history, story) ?? notPersistent(story),
  );
}

function inPassingQueue(history: History, story: Story): Witness | undefined {
  const passing = noted<DeclaredQueue>(history, 'amqp-declared').filter(
    ({ durable, exclusive }) => !durable || exclusive,
  );
  for (const declared of passing) {
    const { queue, line, durable } = declared;
    const lies = firstIn(story, declared);
    if (!lies) continue;
    const what: Text = durable
      ? { en: 'exclusive: it ends with its connection', es: 'exclusiva: acaba con su conexión' }
      : { en: 'not durable: it ends with the broker', es: 'no durable: acaba con el broker' };
    return {
      story: {
        en: `the worker declared the queue "${queue}" on history line ${line} as ${what.en}, and with it all that waits there, such as message ${lies.id} (line ${lies.line}).`,
        es: `el worker declaró la cola "${queue}" en la línea ${line} del historial como ${what.es}, y con ella todo lo que espera allí, como el mensaje ${lies.id} (línea ${lies.line}).`,
      },
      lines: [line, lies.line],
    };
  }
  return undefined;
}

/** What a copy was sent to, or a rejection leads to: `work` dead-letters to `work.retry`. */
function firstIn({ messages }: Story, { queue, line }: Noted<DeclaredQueue>) {
  const sent = messages.flatMap(({ copies }) => copies.filter(({ key }) => key === queue));
  const led = messages.flatMap(({ settlements }) =>
    settlements.filter(({ how }) => how === 'discard' && queue === 'work.retry'),
  );
  return [...sent, ...led].find((one) => one.line > line);
}

function notPersistent({ messages }: Story): Witness | undefined {
  const copy = messages
    .flatMap(({ copies }) => copies)
    .find(({ persistent, key }) => persistent === false && key !== deadLetters);
  if (!copy) return undefined;
  const { id, key, line } = copy;
  return {
    story: {
      en: `the worker sent its copy of ${id} to "${key}" (history line ${line}), and it is not persistent: a broker that restarts forgets it.`,
      es: `el worker mandó su copia de ${id} a "${key}" (línea ${line} del historial), y no es persistente: un broker que se reinicia la olvida.`,
    },
    lines: [line],
  };
}
