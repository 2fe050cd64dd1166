import { finding, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import type { Placed, Story } from '../story.js';
import { cutOf, isWatched, missingIn } from '../story/threads.js';

const rule: Text = {
  en: 'The spans of one request are one connected graph, from the server to the database.',
  es: 'Los spans de una petición forman un grafo conexo, del servidor a la base de datos.',
};

/** By parents or by links; of a context that is not sampled there is none. */
export function oneGraphARequest({ placed }: Story): Finding {
  return graphRule('one-graph-a-request', rule, placed.filter(isWatched));
}

/** What was in hand as the programs were told to end; whether it hangs together, another rule says. */
export function nothingIsLostAtShutdown({ placed }: Story): Finding {
  const text: Text = {
    en: 'What was told of before SIGTERM is exported before the end.',
    es: 'Lo registrado antes de SIGTERM se exporta antes del final.',
  };
  const orders = placed.filter(({ act }) => act === 'shutdown');
  const lost = orders.flatMap((one) => {
    const missing = missingIn(one);
    return missing === undefined ? [] : [{ one, missing }];
  });
  const [first] = lost;
  if (!first) return finding('nothing-is-lost-at-shutdown', text, undefined);
  const { one, missing } = first;
  return finding('nothing-is-lost-at-shutdown', text, {
    story: {
      en: `of ${orders.length} orders right before SIGTERM ${lost.length} lack a span, first ${one.order} (history line ${one.line}): ${missing.en}.`,
      es: `de ${orders.length} pedidos justo antes de SIGTERM, a ${lost.length} les falta un span, el primero ${one.order} (línea ${one.line} del historial): ${missing.es}.`,
    },
    lines: [one.line],
  });
}

function graphRule(name: string, text: Text, orders: readonly Placed[]): Finding {
  const cut = orders.flatMap((one) => {
    const why = cutOf(one);
    return why === undefined ? [] : [{ one, why }];
  });
  const [first] = cut;
  if (!first) return finding(name, text, undefined);
  const { one, why } = first;
  const witness: Witness = {
    story: {
      en: `of ${orders.length} orders ${cut.length} have no whole thread. ${one.order} (history line ${one.line}): ${why.en}.`,
      es: `de ${orders.length} pedidos, ${cut.length} no tienen el hilo entero. ${one.order} (línea ${one.line} del historial): ${why.es}.`,
    },
    lines: [one.line, ...(one.message ? [one.message.line] : [])],
  };
  return finding(name, text, witness);
}
