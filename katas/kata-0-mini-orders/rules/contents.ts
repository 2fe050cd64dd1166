import { finding, lineOf, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import { named } from './words.js';
import type { Story } from './story.js';

export function readsBackAsSent({ told, sent }: Story): Finding {
  const rule: Text = {
    en: 'An order is answered and read as it was sent.',
    es: 'Un pedido se responde y se lee tal como se envió.',
  };
  const wrong = told.find(({ answer, asked: { id } }) => {
    const item = sent.get(id);
    return item !== undefined && (answer?.id !== id || answer.item !== item);
  });
  if (!wrong) return finding('reads-back-as-sent', rule, undefined);
  const { asked, answer, f } = wrong;
  const item = named(sent.get(asked.id) ?? '');
  const came = `${named(answer?.id ?? '')} (${named(answer?.item ?? '')})`;
  const [id, { replica }, line] = [named(asked.id), asked, lineOf(wrong)];
  const again: Text =
    f === 'place-another'
      ? { en: 'first sent', es: 'se envió primero' }
      : { en: 'sent', es: 'se envió' };
  return finding('reads-back-as-sent', rule, {
    story: {
      en: `order ${id} was ${again.en} with the item ${item}, and replica ${replica} answers with ${came} (history line ${line}).`,
      es: `el pedido ${id} ${again.es} con el artículo ${item}, y la réplica ${replica} responde con ${came} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

export function nothingInvented(story: Story): Finding {
  const rule: Text = {
    en: 'No order and no confirmation appears that nobody sent.',
    es: 'No aparece ningún pedido ni ninguna confirmación que nadie envió.',
  };
  return finding('nothing-invented', rule, read(story) ?? row(story) ?? call(story));
}

function read(story: Story): Witness | undefined {
  const { told, sent } = story;
  const one = told.find(({ asked }) => !sent.has(asked.id));
  if (!one) return undefined;
  const { id, replica } = one.asked;
  const whose = inventedBy(story, id);
  return {
    story: {
      en: `${whose.en}, yet replica ${replica} answers 200 for it (history line ${lineOf(one)}).`,
      es: `${whose.es}, y aun así la réplica ${replica} responde 200 por él (línea ${lineOf(one)} del historial).`,
    },
    lines: [lineOf(one)],
  };
}

function row(story: Story): Witness | undefined {
  const one = story.final.rows.find(({ id }) => !story.sent.has(id));
  if (!one) return undefined;
  const whose = inventedBy(story, one.id);
  return {
    story: {
      en: `${whose.en}, yet the table has a row for it.`,
      es: `${whose.es}, y aun así la tabla tiene una fila suya.`,
    },
    lines: [],
  };
}

function call(story: Story): Witness | undefined {
  const one = story.calls.find(({ order }) => order === undefined || !story.sent.has(order));
  if (!one) return undefined;
  const whose = one.order === undefined ? undefined : inventedBy(story, one.order);
  const expected: Text = {
    en: '(expected: POST /confirmations {"order": "o-17"})',
    es: '(se espera: POST /confirmations {"order": "o-17"})',
  };
  return {
    story: {
      en: whose
        ? `${whose.en}, yet the call upstream on history line ${one.line} is about it ${expected.en}.`
        : `the call upstream on history line ${one.line} is about no order at all ${expected.en}.`,
      es: whose
        ? `${whose.es}, y aun así la llamada al servicio de detrás en la línea ${one.line} del historial trata de él ${expected.es}.`
        : `la llamada al servicio de detrás en la línea ${one.line} del historial no trata de ningún pedido ${expected.es}.`,
    },
    lines: [one.line],
  };
}

/** Nobody's, or one that was no order: its body was refused or had to be. */
function inventedBy({ refused }: Story, id: string): Text {
  const line = refused.get(id);
  return line === undefined
    ? { en: `nobody sent the order ${named(id)}`, es: `nadie envió el pedido ${named(id)}` }
    : {
        en: `the body that named ${named(id)} was no order (history line ${line})`,
        es: `el cuerpo que nombraba ${named(id)} no era un pedido (línea ${line} del historial)`,
      };
}
