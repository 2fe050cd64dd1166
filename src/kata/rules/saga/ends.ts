import { agreeing } from '../../../i18n/words.js';
import { finding, undecided, type Finding } from '../../findings.js';
import type { Text } from '../../../i18n/text.js';
import type { SagaStory, SagaTale } from './tale.js';
import { crashOf, linesOf, pathOf, tellingMost } from './words.js';

export function everyOrderEnds(story: SagaStory): Finding {
  const rule: Text = {
    en: 'Every order ends, confirmed or rejected, once everything is up again.',
    es: 'Todo pedido termina, confirmado o rechazado, cuando todo vuelve a funcionar.',
  };
  const known = story.tales.filter(({ row }) => row !== undefined);
  const stuck = known.filter(({ row }) => row?.status === 'PENDING');
  const one = tellingMost(stuck);
  if (!one) return finding('every-order-ends', rule, undefined);
  const [path, crash] = [pathOf(one), crashOf(one)];
  return finding('every-order-ends', rule, {
    story: {
      en: `${stuck.length} of ${known.length} orders ${agreeing.en(stuck.length, 'is', 'are')} still PENDING at the end, and nobody goes on with ${agreeing.en(stuck.length, 'it', 'them')}. Order ${one.id}:${crash.en} ${path.en}.`,
      es: `${stuck.length} de ${known.length} pedidos ${agreeing.es(stuck.length, 'sigue', 'siguen')} PENDING al final, y nadie ${agreeing.es(stuck.length, 'lo continúa', 'los continúa')}. Pedido ${one.id}:${crash.es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

/** How much later than its deadline an order may be given up before anybody is blamed. */
const graceMs = 2_000;

/** An order with which nobody could go on. */
export interface OverdueOrder {
  readonly order: string;
  readonly isGivenUp: boolean;
  /** Since it was placed. */
  readonly waitedMs: number;
  /** How far apart, at worst, two looks at it were: so slow was the machine. */
  readonly worstMs: number;
  readonly line: number;
}

/** A deadline that lives in memory dies with its process. */
export function givenUpInTime(overdue: readonly OverdueOrder[], deadlineMs: number): Finding {
  const name = 'given-up-in-time';
  const rule: Text = {
    en: 'An order that nobody goes on with is given up once its deadline has passed.',
    es: 'Un pedido que nadie continúa se abandona cuando vence su plazo.',
  };
  const late = overdue.filter(({ isGivenUp }) => !isGivenUp);
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
export function finalStateStays(story: SagaStory): Finding {
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

const ends: Readonly<Record<string, string>> = {
  OrderConfirmed: 'CONFIRMED',
  OrderRejected: 'REJECTED',
};

/** Each time that somebody learnt of an end; PENDING counts once an answer had said otherwise. */
function statesSeen(
  { messages, reads, row }: SagaTale,
  finalLine: number,
): { state: string; line: number }[] {
  const told = messages.flatMap(({ name, line }) => {
    const state = ends[name];
    return state === undefined ? [] : [{ state, line }];
  });
  const read = reads.map(({ status, ...at }) => ({ state: status, ...at }));
  const ended = read.filter(({ state }) => state !== 'PENDING');
  const before = Math.min(...ended.map(({ line }) => line));
  const back = read.filter(({ state, from }) => state === 'PENDING' && from > before);
  const last = row && ended.length > 0 ? [{ state: row.status, line: finalLine }] : [];
  return [...told, ...ended, ...back, ...last].sort((a, b) => a.line - b.line);
}
