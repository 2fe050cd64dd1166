import {
  agreeing,
  finding,
  isOk,
  lineOf,
  undecided,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { factsOf, type Story, type Tale } from '../story.js';
import { crashOf, linesOf, pathOf, tellingMost } from './words.js';

export function everyOrderEnds(story: Story): Finding {
  const rule: Text = {
    en: 'Every order ends, confirmed or rejected, once everything is up again.',
    es: 'Todo pedido termina, confirmado o rechazado, cuando todo vuelve a funcionar.',
  };
  const stuck = story.tales.filter(({ row }) => row?.status === 'PENDING');
  const one = tellingMost(stuck);
  if (!one) return finding('every-order-ends', rule, undefined);
  const [path, crash] = [pathOf(one), crashOf(one)];
  return finding('every-order-ends', rule, {
    story: {
      en: `${stuck.length} of ${story.final.orders.length} orders ${agreeing.en(stuck.length, 'is', 'are')} still PENDING at the end, and nobody goes on with ${agreeing.en(stuck.length, 'it', 'them')}. Order ${one.id}:${crash.en} ${path.en}.`,
      es: `${stuck.length} de ${story.final.orders.length} pedidos ${agreeing.es(stuck.length, 'sigue', 'siguen')} PENDING al final, y nadie ${agreeing.es(stuck.length, 'lo continúa', 'los continúa')}. Pedido ${one.id}:${crash.es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

/** How much later than its deadline an order may be given up before anybody is blamed. */
const graceMs = 2_000;

/** Of orders that nobody goes on with: a deadline that lives in memory dies with its process. */
export function givenUpInTime(story: Story, deadlineMs: number): Finding {
  const name = 'given-up-in-time';
  const rule: Text = {
    en: 'An order that nobody goes on with is given up once its deadline has passed.',
    es: 'Un pedido que nadie continúa se abandona cuando vence su plazo.',
  };
  const late = story.overdue.filter(({ isGivenUp }) => !isGivenUp);
  const [one] = late.filter(
    ({ waitedMs, worstMs }) => waitedMs > deadlineMs + graceMs && worstMs < graceMs / 2,
  );
  if (!one && late.length > 0) return undecided(name, rule, tooSlow);
  if (!one) return finding(name, rule, undefined);
  return finding(name, rule, {
    story: {
      en: `order ${one.order} was still PENDING after ${one.waitedMs} ms (history line ${one.line}), with nobody to go on with it; its deadline is ${deadlineMs} ms.`,
      es: `el pedido ${one.order} seguía PENDING a los ${one.waitedMs} ms (línea ${one.line} del historial), sin nadie que lo continuara; su plazo es de ${deadlineMs} ms.`,
    },
    lines: [one.line],
  });
}

const tooSlow: Text = {
  en: 'an order was given up late, and this machine was so slow that it may be its doing',
  es: 'un pedido se abandonó tarde, y esta máquina iba tan lenta que puede ser culpa suya',
};

/** In every read, in the table at the end, and in what was told of it. */
export function finalStateStays(story: Story): Finding {
  const rule: Text = {
    en: 'Once an order is confirmed or rejected, it stays so, for everybody.',
    es: 'Un pedido confirmado o rechazado se queda así, para todos.',
  };
  for (const tale of story.tales) {
    const seen = statesSeen(tale, story.finalLine);
    const [first] = seen;
    const other = seen.find(({ state }) => state !== first?.state);
    if (first && other)
      return finding('final-state-stays', rule, {
        story: {
          en: `order ${tale.id} was ${first.state} (history line ${first.line}) and later ${other.state} (line ${other.line}).`,
          es: `el pedido ${tale.id} estaba ${first.state} (línea ${first.line} del historial) y después ${other.state} (línea ${other.line}).`,
        },
        lines: [first.line, other.line],
      });
  }
  return finding('final-state-stays', rule, undefined);
}

/** Each time that somebody learnt of an end; PENDING counts once an answer had said otherwise. */
function statesSeen(tale: Tale, finalLine: number): { state: string; line: number }[] {
  const told = [
    ...factsOf(tale, 'OrderConfirmed').map(({ line }) => ({ state: 'CONFIRMED', line })),
    ...factsOf(tale, 'OrderRejected').map(({ line }) => ({ state: 'REJECTED', line })),
  ];
  const read = tale.reads.map((one) => ({
    state: one.answer?.status ?? '',
    line: lineOf(one),
    from: one.invokedOn,
  }));
  const ended = read.filter(({ state }) => state !== 'PENDING');
  const before = Math.min(...ended.map(({ line }) => line));
  const back = read.filter(({ state, from }) => state === 'PENDING' && from > before);
  const { row } = tale;
  const last = row && ended.length > 0 ? [{ state: row.status, line: finalLine }] : [];
  return [...told, ...ended, ...back, ...last].sort((a, b) => a.line - b.line);
}

export function takenIsKept({ tales }: Story): Finding {
  const rule: Text = {
    en: 'Every order that was answered 202 is in the table as it was asked for.',
    es: 'Todo pedido que recibió 202 está en la tabla tal como se pidió.',
  };
  for (const { placed, row } of tales) {
    const taken = placed.find(isOk);
    if (!taken) continue;
    const { asked } = taken;
    const isThere =
      row?.customer === asked.customer &&
      row.sku === asked.sku &&
      row.quantity === asked.quantity &&
      row.amount === asked.amount;
    if (isThere) continue;
    const line = lineOf(taken);
    return finding('taken-is-kept', rule, {
      story: {
        en: `order ${asked.id} was answered 202 (history line ${line}) and is ${row ? 'another one in the table' : 'not in the table'}.`,
        es: `el pedido ${asked.id} recibió un 202 (línea ${line} del historial) y ${row ? 'en la tabla es otro' : 'no está en la tabla'}.`,
      },
      lines: [line],
    });
  }
  return finding('taken-is-kept', rule, undefined);
}
