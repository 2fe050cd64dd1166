import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { named } from './words.js';
import type { Story } from './story.js';

/** More than once is allowed: who can't know whether a call arrived must repeat it. */
export function confirmedUpstream({ placed, calls, confirmed }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged order was confirmed upstream before, at least once.',
    es: 'Cada pedido aceptado se confirmó antes al servicio de detrás, al menos una vez.',
  };
  const early = [...placed.values()].filter(
    ({ id, line }) => (confirmed.get(id) ?? Number.POSITIVE_INFINITY) > line,
  );
  const one = early.sort((a, b) => a.line - b.line)[0];
  if (!one) return finding('confirmed-upstream', rule, undefined);
  const answered = confirmed.get(one.id);
  const call = calls.find(({ order }) => order === one.id);
  const [told, many] = [acknowledged(one), so(early.length, placed.size)];
  const but = answered !== undefined ? tooLate(answered) : call ? never(call.line) : noCall;
  return finding('confirmed-upstream', rule, {
    story: { en: `${told.en}, ${but.en}; ${many.en}`, es: `${told.es}, ${but.es}; ${many.es}` },
    lines: [one.line, ...(call ? [call.line] : [])],
  });
}

function acknowledged({ id, replica, line }: { id: string; replica: string; line: number }): Text {
  return {
    en: `order ${named(id)} was acknowledged by replica ${replica} (history line ${line})`,
    es: `el pedido ${named(id)} lo aceptó la réplica ${replica} (línea ${line} del historial)`,
  };
}

const noCall: Text = {
  en: 'but no POST /confirmations about it ever came upstream',
  es: 'pero al servicio de detrás nunca le llegó un POST /confirmations por él',
};

function never(call: number): Text {
  return {
    en: `but upstream has confirmed none of the calls about it, first the one on line ${call}`,
    es: `pero el servicio de detrás no ha confirmado ninguna llamada por él; la primera, en la línea ${call}`,
  };
}

function tooLate(line: number): Text {
  return {
    en: `but upstream confirmed it only after that, on line ${line}`,
    es: `pero el servicio de detrás no lo confirmó hasta después, en la línea ${line}`,
  };
}

function so(some: number, all: number): Text {
  return {
    en: `so it is for ${some} of ${all} orders.`,
    es: `así les pasa a ${some} de ${all} pedidos.`,
  };
}
