import type { Absence } from '../../history/own-clock.js';
import type { Coverage } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';

/**
 * A case in which the lab itself was away for a time: what it would say of such a case is about its
 * own absence as much as about the program.
 */
export function labWasAway(history: History): Coverage | undefined {
  const notes = history.notes<Absence>('lab-away');
  const [first] = notes;
  if (first === undefined) return undefined;
  const awayMs = notes.reduce((sum, { value }) => sum + value.awayMs, 0);
  const away = `${(awayMs / 1000).toFixed(1)} s`;
  const { from, until } = first.value;
  return {
    condition: 'lab-was-there',
    met: false,
    story: {
      en: `the lab was there all the time: it was away for ${away}, first from ${from} until ${until} (history line ${first.line}). plan was stopped, or its machine slept or stalled. Nothing is said of the program; run it again`,
      es: `el laboratorio estuvo presente todo el tiempo: faltó ${away}, primero de ${from} a ${until} (línea ${first.line} del historial). A plan lo pararon, o su máquina durmió o se atascó. No se dice nada del programa; ejecútalo otra vez`,
    },
  };
}
