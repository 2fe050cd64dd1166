import { lineOf, type Holding, type SagaStory } from '../../../src/kata/index.js';
import { facts, isFact, type Fact } from '../contract.js';
import { factOf } from '../notes.js';
import type { Story, Tale } from '../story.js';
import { crashAt } from './words.js';

/** As the rules see it that every saga has. */
export function sagaOf({ tales, finalLine }: Story): SagaStory {
  return {
    tales: tales.map((tale) => ({
      ...{ id: tale.id, row: tale.row, messages: tale.messages, steps: tale.steps },
      holdings: holdingsOf(tale),
      happened: happened(tale),
      reads: tale.reads.map((one) => ({
        ...{ status: one.answer?.status ?? '', line: lineOf(one), from: one.invokedOn },
      })),
      placedOn: tale.placed.map(lineOf),
      crash: crashAt(tale),
    })),
    ownerOf: (name) => (isFact(name) ? facts[name] : undefined),
    finalLine,
  };
}

function holdingsOf({ payments, refunds, reservations, releases }: Tale): Holding[] {
  const taken = payments.filter(({ status }) => status === 'AUTHORIZED').length;
  const kept = reservations.filter(({ status }) => status === 'RESERVED').length;
  return [
    {
      ...{ role: 'payment', done: taken, undone: refunds.length },
      words: {
        done: { en: 'paid', es: 'se cobró' },
        undone: { en: 'refunded', es: 'se reembolsó' },
      },
    },
    {
      ...{ role: 'inventory', done: kept, undone: releases.length },
      words: {
        done: { en: 'reserved', es: 'se reservó' },
        undone: { en: 'released', es: 'se liberó' },
      },
    },
  ];
}

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
