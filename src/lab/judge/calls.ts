import type { Text } from '../../i18n/text.js';
import { violated, type Finding } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';

const rule: Text = {
  en: 'A call to the service at UPSTREAM_URL has a body of at most 1 MiB.',
  es: 'Una llamada al servicio en UPSTREAM_URL lleva un cuerpo de 1 MiB como mucho.',
};

/** A note `upstream-refused`: a call with a body larger than the lab takes. */
export interface RefusedCall {
  readonly method: string;
  readonly path: string;
  readonly problem: string;
}

/** The lab refuses such a call, so that what else broke may only follow from it. */
export function boundsItsCalls(history: History): Finding[] {
  const notes = history.notes<RefusedCall>('upstream-refused');
  const [first] = notes;
  if (!first) return [];
  const { value, line } = first;
  const count = notes.length;
  const call = `${value.method} ${value.path}`;
  return [
    violated(
      'bounds-its-calls',
      rule,
      {
        en: `${count === 1 ? 'one call was larger' : `${count} calls were larger`} and got 413, first ${call} on history line ${line} (${value.problem})`,
        es: `${count === 1 ? 'una llamada era mayor y recibió' : `${count} llamadas eran mayores y recibieron`} 413, la primera ${call} en la línea ${line} del historial (${value.problem})`,
      },
      [line],
    ),
  ];
}
