import { counted } from '../../i18n/words.js';
import type { ObservedNote, Published } from '../../kata/broker.js';
import type { Text } from '../../i18n/text.js';
import type { Witness } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';
import { breachOf, type Messages } from '../../kata/messages.js';

/**
 * The first message that broke what the services had agreed upon, of those that an observer of the
 * experiment's saw. What the experiment itself has published, and what it published again of
 * somebody's, says nothing of any service.
 */
export function badMessage(history: History, messages: Messages): Witness | undefined {
  const ofLab = new Set(history.operations<Published>('publish').map(({ asked }) => asked.id));
  const observed = history
    .notes<ObservedNote>('observed')
    .filter(({ value }) => value.message.id === '' || !ofLab.has(value.message.id));
  const broken = observed.flatMap(({ value: { message }, line }) => {
    const why = breachOf(messages, message);
    return why === undefined ? [] : [{ message, why, line }];
  });
  const [first] = broken;
  if (first === undefined) return undefined;
  const { message, why, line } = first;
  const who = partiesOf(messages, message.key);
  const body = JSON.stringify(message.body ?? null).slice(0, 300);
  return {
    story: {
      en: `${counted.en(broken.length, 'message breaks', 'messages break')} the contract, first ${message.key} ${who.en} on history line ${line}: ${why.en}.\n  came: ${body}`,
      es: `${counted.es(broken.length, 'mensaje rompe', 'mensajes rompen')} el contrato, el primero ${message.key} ${who.es} en la línea ${line} del historial: ${why.es}.\n  llegó: ${body}`,
    },
    lines: [line],
  };
}

/** Sender and receivers, as far as the contract knows them. */
function partiesOf(messages: Messages, name: string): Text {
  const agreed = Object.hasOwn(messages, name) ? messages[name] : undefined;
  if (agreed === undefined) return { en: 'from an unknown sender', es: 'de un emisor desconocido' };
  const { from, to = [] } = agreed;
  if (to.length === 0) return { en: `from ${from}`, es: `de ${from}` };
  return {
    en: `from ${from} to ${to.join(' and ')}`,
    es: `de ${from} a ${to.join(' y ')}`,
  };
}
