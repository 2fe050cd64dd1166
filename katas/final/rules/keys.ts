import {
  finding,
  grouped,
  isOk,
  lineOf,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import type { Placing, Story, Tale } from '../story.js';

const statusOf = ({ answer }: Placing): number | undefined => answer?.status;

export function takenIsKept({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Every order that was answered 202 is in the table under that id, as it was asked for.',
    es: 'Todo pedido que recibió 202 está en la tabla con ese id, tal como se pidió.',
  };
  for (const { placed, order, others, address } of tales) {
    const lost = placed.find(
      (one) =>
        isOk(one) &&
        ![order, ...others].some((row) => row?.id === one.answer?.id && isAsAsked(row, one)),
    );
    if (!lost) continue;
    const line = lineOf(lost);
    return finding('taken-is-kept', rule, {
      story: {
        en: `the order for ${address} was answered 202 with the id ${lost.answer?.id ?? '?'} (history line ${line}), and no such order is in the table.`,
        es: `el pedido para ${address} recibió un 202 con el id ${lost.answer?.id ?? '?'} (línea ${line} del historial), y no hay tal pedido en la tabla.`,
      },
      lines: [line],
    });
  }
  return finding('taken-is-kept', rule, undefined);
}

function isAsAsked(row: Tale['order'], { asked }: Placing): boolean {
  return (
    row?.customer === asked.customer &&
    row.sku === asked.sku &&
    row.quantity === asked.quantity &&
    row.amount === asked.amount &&
    row.client === asked.client
  );
}

/** However often it was asked for: at once, after a crash, much later. */
export function oneOrderAKey(story: Story): Finding {
  const rule: Text = {
    en: 'A key of a client stands for one order, however often it is asked for.',
    es: 'Una clave de un cliente vale por un solo pedido, por muchas veces que se pida.',
  };
  const twice = story.tales.filter(({ others }) => others.length > 0);
  const [one] = twice;
  if (!one) return finding('one-order-a-key', rule, undefined);
  const ids = [one.order, ...one.others].map((row) => row?.id ?? '?').join(', ');
  return finding('one-order-a-key', rule, {
    story: {
      en: `the order for ${one.address} was asked for ${one.placed.length} times under one key, and there are ${one.others.length + 1} of it: ${ids}. So it is with ${twice.length} keys.`,
      es: `el pedido para ${one.address} se pidió ${one.placed.length} veces con una clave, y hay ${one.others.length + 1}: ${ids}. Así con ${twice.length} claves.`,
    },
    lines: [...one.placed.map(lineOf), story.finalLine],
  });
}

export function sameAnswer({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Who asks again with a key gets the answer that the first one got.',
    es: 'Quien repite una clave recibe la misma respuesta que la primera vez.',
  };
  for (const { placed, address } of tales) {
    const good = placed.filter(isOk);
    const [first] = good;
    const other = good.find(
      ({ answer }) => answer?.id !== first?.answer?.id || answer?.state !== first?.answer?.state,
    );
    // Once it is known, it is known: no later answer may say otherwise.
    const lost = placed.find(
      (one) =>
        first && one.invokedOn > lineOf(first) && [400, 409, 422].includes(statusOf(one) ?? 0),
    );
    const wrong = other ?? lost;
    if (!first || !wrong) continue;
    const shown = ({ answer }: Placing): string =>
      [answer?.status, answer?.id, answer?.state].filter((one) => one !== undefined).join(' ');
    const lines = [lineOf(first), lineOf(wrong)];
    return finding('same-answer', rule, {
      story: {
        en: `the order for ${address} was answered ${shown(first)} and then, for the same key and body, ${shown(wrong)} (history lines ${lines.join(' and ')}).`,
        es: `el pedido para ${address} recibió ${shown(first)} y luego, con la misma clave y cuerpo, ${shown(wrong)} (líneas ${lines.join(' y ')} del historial).`,
      },
      lines,
    });
  }
  return finding('same-answer', rule, undefined);
}

/** At the end of these every key is asked for once more. */
const asksLast = new Set(['repeated', 'crashes']);

/** In quiet times the last one who asks must be told. */
export function retryIsAnswered({ tales }: Story): Finding {
  const rule: Text = {
    en: 'A key does not stay in progress: with nobody else under way, who asks again gets its order, after a crash too.',
    es: 'Una clave no se queda en curso: sin nadie más pendiente, quien repite recibe su pedido, también tras una caída.',
  };
  for (const { placed, address, expects } of tales) {
    const last = placed.at(-1);
    if (!asksLast.has(expects?.act ?? '') || !last || last.outcome !== 'fail') continue;
    const line = lineOf(last);
    return finding('retry-is-answered', rule, {
      story: {
        en: `the order for ${address}: whoever asked last, with nobody else under way, got ${statusOf(last) ?? '?'} (history line ${line}).`,
        es: `el pedido para ${address}: quien preguntó el último, sin nadie más pendiente, recibió ${statusOf(last) ?? '?'} (línea ${line} del historial).`,
      },
      lines: [line],
    });
  }
  return finding('retry-is-answered', rule, undefined);
}

const wanted: Readonly<Record<string, { readonly status: number; readonly why: Text }>> = {
  'other-body': {
    status: 422,
    why: {
      en: 'another order under a key that is taken',
      es: 'otro pedido con una clave ya usada',
    },
  },
  'no-key': {
    status: 400,
    why: { en: 'an order without Idempotency-Key', es: 'un pedido sin Idempotency-Key' },
  },
  nonsense: {
    status: 400,
    why: { en: 'a body that is no order', es: 'un cuerpo que no es pedido' },
  },
};

/** @param name which of the two rules: what concerns keys, or who may ask at all */
export function refusesRightly({ placings }: Story): Finding {
  const rule: Text = {
    en: 'Another body under a key gets 422, no key gets 400, and what is no order gets 400.',
    es: 'Otro cuerpo con la misma clave recibe 422, sin clave 400, y lo que no es un pedido 400.',
  };
  const wrong = placings.find(
    (one) =>
      one.outcome !== 'unknown' &&
      wanted[one.asked.sort] &&
      statusOf(one) !== wanted[one.asked.sort]?.status,
  );
  if (!wrong) return finding('refuses-rightly', rule, undefined);
  const { status = 0, why } = wanted[wrong.asked.sort] ?? {};
  const line = lineOf(wrong);
  return finding('refuses-rightly', rule, {
    story: {
      en: `${why?.en ?? '?'} was answered ${statusOf(wrong) ?? '?'} (history line ${line}), and ${status} is agreed.`,
      es: `${why?.es ?? '?'} recibió ${statusOf(wrong) ?? '?'} (línea ${line} del historial), y lo acordado es ${status}.`,
    },
    lines: [line],
  });
}

export function knowsItsClients({ placings }: Story): Finding {
  const rule: Text = {
    en: 'Who has no key that is known gets 401.',
    es: 'Quien no tiene una clave conocida recibe 401.',
  };
  const wrong = placings.find(
    (one) => one.asked.sort === 'stranger' && one.outcome !== 'unknown' && statusOf(one) !== 401,
  );
  if (!wrong) return finding('knows-its-clients', rule, undefined);
  const line = lineOf(wrong);
  return finding('knows-its-clients', rule, {
    story: {
      en: `a client that nobody knows got ${statusOf(wrong) ?? '?'} (history line ${line}).`,
      es: `un cliente que nadie conoce recibió ${statusOf(wrong) ?? '?'} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

const refusals = [400, 401, 422, 429];

export function refusedIsNotStored(story: Story): Finding {
  const rule: Text = {
    en: 'What was refused is stored nowhere.',
    es: 'Lo que se rechazó no se guarda en ninguna parte.',
  };
  const all = grouped(story.placings, ({ asked }) => asked.address);
  const stored = story.tales.find(({ address, order }) => {
    const asked = all.get(address) ?? [];
    return order && asked.length > 0 && asked.every((one) => refusals.includes(statusOf(one) ?? 0));
  });
  if (!stored) return finding('refused-is-not-stored', rule, undefined);
  const lines = (all.get(stored.address) ?? []).map(lineOf);
  return finding('refused-is-not-stored', rule, {
    story: {
      en: `the order for ${stored.address} was refused (history line ${lines[0] ?? 0}), and is in the table as ${stored.id}.`,
      es: `el pedido para ${stored.address} se rechazó (línea ${lines[0] ?? 0} del historial), y está en la tabla como ${stored.id}.`,
    },
    lines: [...lines, story.finalLine],
  });
}

/** Without one, who asks again after a lost answer is charged again. */
export function asksWithAKey({ calls }: Story): Finding {
  const rule: Text = {
    en: 'The provider and the carrier are asked with the order as Idempotency-Key, each time the same.',
    es: 'Al proveedor y al transportista se les pide con el pedido como Idempotency-Key, siempre el mismo.',
  };
  const keyed = calls.filter(({ method }) => method === 'POST');
  const wrong = keyed.find((call) => call.headers['idempotency-key'] !== orderIn(call.text));
  if (!wrong) return finding('asks-with-a-key', rule, undefined);
  const [order, key] = [orderIn(wrong.text) ?? '?', wrong.headers['idempotency-key']];
  return finding('asks-with-a-key', rule, {
    story: {
      en: `${wrong.path} was asked for order ${order} with ${key === undefined ? 'no Idempotency-Key' : `the Idempotency-Key ${String(key)}`} (history line ${wrong.line}).`,
      es: `se pidió ${wrong.path} para el pedido ${order} ${key === undefined ? 'sin Idempotency-Key' : `con la Idempotency-Key ${String(key)}`} (línea ${wrong.line} del historial).`,
    },
    lines: [wrong.line],
  });
}

function orderIn(text: string): string | undefined {
  try {
    const { order } = (JSON.parse(text) ?? {}) as { order?: unknown };
    return typeof order === 'string' ? order : undefined;
  } catch {
    return undefined;
  }
}
