import { counted, finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** It will be no more readable the next time: whoever hands it back gets it for ever. */
export function unreadableIsRejected({ unread }: Story): Finding {
  const name = 'unreadable-is-rejected';
  const rule: Text = {
    en: 'What nobody can read is rejected for good, and does not come again.',
    es: 'Lo que nadie puede leer se rechaza para siempre, y no vuelve.',
  };
  const [first] = unread;
  if (!first) return finding(name, rule, undefined);
  return finding(name, rule, {
    story: {
      en: `${counted.en(unread.length, 'message that nobody can read was', 'messages that nobody can read were')} still in a queue at the end, first ${first.id} in that of ${first.queue} (history line ${first.line}): nobody has rejected it.`,
      es: `${counted.es(unread.length, 'mensaje que nadie puede leer seguía', 'mensajes que nadie puede leer seguían')} en una cola al final, el primero ${first.id} en la de ${first.queue} (línea ${first.line} del historial): nadie lo ha rechazado.`,
    },
    lines: [first.line],
  });
}
