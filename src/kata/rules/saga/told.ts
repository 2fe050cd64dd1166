import type { Text } from '../../../i18n/text.js';
import { y } from '../../../i18n/words.js';
import { finding, type Finding } from '../../findings.js';
import type { SagaMessage, SagaStory, SagaTale } from './tale.js';
import { crashOf, linesOf, pathOf, tellingMost } from './words.js';

export function stateChangeHasItsEvent(story: SagaStory): Finding {
  const rule: Text = {
    en: 'Every change of state has its event.',
    es: 'Cada cambio de estado tiene su evento.',
  };
  const untold = ({ happened, messages }: SagaTale): string | undefined =>
    [...happened].find((fact) => messages.every(({ name }) => name !== fact));
  const one = tellingMost(story.tales.filter((tale) => untold(tale) !== undefined));
  if (!one) return finding('state-change-has-its-event', rule, undefined);
  const fact = untold(one) ?? '?';
  const [whose, path] = [story.ownerOf(fact) ?? '?', pathOf(one)];
  return finding('state-change-has-its-event', rule, {
    story: {
      en: `${whose} has committed that order ${one.id} is so far, and its ${fact} never came.${crashOf(one).en} ${path.en}.`,
      es: `${whose} guardó que el pedido ${one.id} está en ese punto, y su ${fact} nunca llegó.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

export function eventHasItsStateChange(story: SagaStory): Finding {
  const rule: Text = {
    en: 'No event tells of what did not happen.',
    es: 'Ningún evento cuenta lo que no pasó.',
  };
  const strayOf = ({ happened, messages }: SagaTale): SagaMessage | undefined =>
    messages.find(({ name }) => story.ownerOf(name) !== undefined && !happened.has(name));
  const one = tellingMost(story.tales.filter((tale) => strayOf(tale) !== undefined));
  const stray = one && strayOf(one);
  if (!stray) return finding('event-has-its-state-change', rule, undefined);
  const { name, line } = stray;
  const whose = story.ownerOf(name) ?? '?';
  return finding('event-has-its-state-change', rule, {
    story: {
      en: `${name} of order ${one.id} came (history line ${line}), and the database of ${whose} knows nothing of it.${crashOf(one).en}`,
      es: `llegó ${name} del pedido ${one.id} (línea ${line} del historial), y la base de datos de ${whose} no sabe nada de ello.${crashOf(one).es}`,
    },
    lines: [line, story.finalLine],
  });
}

/** Names, exchanges and bodies are the contract's, which the lab judges; of whom it tells is the saga's. */
export function correlatesWithItsOrder(
  messages: readonly SagaMessage[],
  senderOf: (name: string) => string,
): Finding {
  const name = 'correlates-with-its-order';
  const rule: Text = {
    en: 'Every message is correlated with its order.',
    es: 'Cada mensaje está correlacionado con su pedido.',
  };
  const wrong = messages.find(
    ({ correlationId, order }) => order !== undefined && correlationId !== order,
  );
  if (!wrong) return finding(name, rule, undefined);
  const { correlationId, line } = wrong;
  const sender = senderOf(wrong.name);
  return finding(name, rule, {
    story: {
      en: `${wrong.name} of order ${wrong.order ?? '?'}, from ${sender}: its correlation id is ${correlationId ?? 'not there'} (history line ${line}).`,
      es: `${wrong.name} del pedido ${wrong.order ?? '?'}, de ${sender}: su correlation id ${correlationId === undefined ? 'no está' : `es ${correlationId}`} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

/** A consumer drops repetitions by their message id. */
export function duplicatesAreRecognisable(
  tales: readonly Pick<SagaTale, 'messages'>[],
  messages: readonly SagaMessage[],
  isFact: (name: string) => boolean,
): Finding {
  const name = 'duplicates-are-recognisable';
  const rule: Text = {
    en: 'A message that comes again has the same message id, and no two messages share one.',
    es: 'Un mensaje repetido lleva el mismo message id, y dos mensajes no comparten ninguno.',
  };
  const pair = twoNames(tales, isFact) ?? oneNameForTwo(messages);
  if (!pair) return finding(name, rule, undefined);
  const [one, other] = pair;
  const lines = [one.line, other.line];
  return finding(name, rule, {
    story: {
      en: `${one.name} of order ${one.order ?? '?'} came as ${one.messageId}, and ${other.name} of order ${other.order ?? '?'} as ${other.messageId} (history lines ${lines.join(' and ')}).`,
      es: `${one.name} del pedido ${one.order ?? '?'} llegó como ${one.messageId}, ${y(other.name)} ${other.name} del pedido ${other.order ?? '?'} como ${other.messageId} (líneas ${lines.join(' y ')} del historial).`,
    },
    lines,
  });
}

/** A fact happens once. A command may be given again, for a reason of its own. */
function twoNames(
  tales: readonly Pick<SagaTale, 'messages'>[],
  isFact: (name: string) => boolean,
): [SagaMessage, SagaMessage] | undefined {
  for (const { messages } of tales)
    for (const one of messages) {
      const other = messages.find(
        ({ name, messageId }) => name === one.name && messageId !== one.messageId,
      );
      if (other && isFact(one.name)) return [one, other];
    }
  return undefined;
}

function oneNameForTwo(messages: readonly SagaMessage[]): [SagaMessage, SagaMessage] | undefined {
  const owners = new Map<string, SagaMessage>();
  for (const message of messages) {
    const owner = owners.get(message.messageId);
    if (owner && (owner.order !== message.order || owner.name !== message.name))
      return [owner, message];
    owners.set(message.messageId, message);
  }
  return undefined;
}
