import type { Text } from '../../i18n/text.js';
import type { Settled } from '../broker-tap.js';
import type { Noted } from '../evidence/notes.js';
import { finding, type Finding } from '../findings.js';

/** The broker closes the channel of whoever settles a delivery twice, and delivers all of it again. */
export function settlesOnce(settlements: readonly Noted<Settled>[]): Finding {
  const rule: Text = {
    en: 'Every delivery is settled once, on the channel that it came on.',
    es: 'Cada entrega recibe una vez su ack o su rechazo, por el canal por el que llegó.',
  };
  const again = settlements.find(({ delivery }) => delivery === undefined);
  if (!again) return finding('settles-once', rule, undefined);
  return finding('settles-once', rule, {
    story: {
      en: `the worker settled a delivery that it did not have, or had settled already (history line ${again.line}). The broker answers that with 406 PRECONDITION_FAILED and closes the channel.`,
      es: `el worker dio ack o rechazó una entrega que no tenía, o que ya había despachado (línea ${again.line} del historial). El broker responde con 406 PRECONDITION_FAILED y cierra el canal.`,
    },
    lines: [again.line],
  });
}
