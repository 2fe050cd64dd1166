import { finding, type Finding, type Text } from '../../../src/kata/index.js';
import { facts, isFact, type Fact } from '../contract.js';
import { factOf } from '../notes.js';
import { factsOf, type Story, type Tale } from '../story.js';
import { crashOf, linesOf, pathOf, tellingMost } from './words.js';

/** What the rows of an order say has happened. */
function happened({ row, payments, refunds, reservations, releases }: Tale): Set<Fact> {
  return new Set<Fact>([
    ...(row ? (['OrderCreated'] as const) : []),
    ...(row && row.status !== 'PENDING' ? [factOf.orders[row.status]] : []),
    ...payments.flatMap(({ status }) => (status === 'CANCELLED' ? [] : [factOf.payments[status]])),
    ...reservations.flatMap(({ status }) =>
      status === 'CANCELLED' ? [] : [factOf.reservations[status]],
    ),
    ...(refunds.length > 0 ? (['PaymentRefunded'] as const) : []),
    ...(releases.length > 0 ? (['StockReleased'] as const) : []),
  ]);
}

export function stateChangeHasItsEvent(story: Story): Finding {
  const rule: Text = {
    en: 'Every change of state has its event.',
    es: 'Cada cambio de estado tiene su evento.',
  };
  const untold = (tale: Tale): Fact | undefined =>
    [...happened(tale)].find((fact) => factsOf(tale, fact).length === 0);
  const one = tellingMost(story.tales.filter((tale) => untold(tale) !== undefined));
  if (!one) return finding('state-change-has-its-event', rule, undefined);
  const fact = untold(one) as Fact;
  const path = pathOf(one);
  return finding('state-change-has-its-event', rule, {
    story: {
      en: `${facts[fact]} has committed that order ${one.id} is so far, and its ${fact} never came.${crashOf(one).en} ${path.en}.`,
      es: `${facts[fact]} guardó que el pedido ${one.id} está en ese punto, y su ${fact} nunca llegó.${crashOf(one).es} ${path.es}.`,
    },
    lines: linesOf(one, story),
  });
}

export function eventHasItsStateChange(story: Story): Finding {
  const rule: Text = {
    en: 'No event tells of what did not happen.',
    es: 'Ningún evento cuenta lo que no pasó.',
  };
  const strays = (tale: Tale) => {
    const is = happened(tale);
    return tale.messages.filter(({ name }) => isFact(name) && !is.has(name));
  };
  const one = tellingMost(story.tales.filter((tale) => strays(tale).length > 0));
  const nobodys = story.messages.find(({ order, name }) => order === undefined && isFact(name));
  if (!one && !nobodys) return finding('event-has-its-state-change', rule, undefined);
  const stray = one ? strays(one)[0] : nobodys;
  const [name, line] = [stray?.name ?? '?', stray?.line ?? story.finalLine];
  const whose = facts[name as Fact];
  const crash = one ? crashOf(one) : { en: '', es: '' };
  return finding('event-has-its-state-change', rule, {
    story: {
      en: `${name} of order ${one?.id ?? '?'} came (history line ${line}), and the database of ${whose} knows nothing of it.${crash.en}`,
      es: `llegó ${name} del pedido ${one?.id ?? '?'} (línea ${line} del historial), y la base de datos de ${whose} no sabe nada de ello.${crash.es}`,
    },
    lines: [line, story.finalLine],
  });
}
