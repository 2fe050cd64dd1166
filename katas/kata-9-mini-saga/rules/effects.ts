import { counted, finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story, Tale } from '../story.js';
import { linesOf } from './words.js';

export function effectsAsOrdered(story: Story): Finding {
  const rule: Text = {
    en: 'What is paid, given back, reserved and put back is what was ordered; nothing is for nobody, and nothing is undone that was not done.',
    es: 'Lo que se cobra, devuelve, reserva y repone es lo que se pidió; nada es para nadie, y no se deshace lo que no se hizo.',
  };
  const wrong = story.tales.find((tale) => differs(tale) !== undefined);
  if (!wrong) return finding('effects-as-ordered', rule, undefined);
  const what = differs(wrong) as Text;
  return finding('effects-as-ordered', rule, {
    story: {
      en: `order ${wrong.id}: ${what.en}.`,
      es: `pedido ${wrong.id}: ${what.es}.`,
    },
    lines: linesOf(wrong, story),
  });
}

function differs({ row, payments, refunds, reservations, releases }: Tale): Text | undefined {
  const taken = payments.filter(({ status }) => status === 'AUTHORIZED');
  const kept = reservations.filter(({ status }) => status === 'RESERVED');
  if (!row && taken.length + refunds.length + kept.length + releases.length > 0)
    return {
      en: 'there is money or stock for it, and the order service knows no such order',
      es: 'hay dinero o existencias para él, y el servicio de pedidos no lo conoce',
    };
  if (!row) return undefined;
  if (taken.length === 0 && refunds.length > 0)
    return {
      en: 'payment gave money back, and has taken none for it',
      es: 'payment devolvió dinero, y no había cobrado nada por él',
    };
  if (kept.length === 0 && releases.length > 0)
    return {
      en: 'inventory put goods back, and has reserved none for it',
      es: 'inventory repuso existencias, y no había reservado nada para él',
    };
  const amounts = [...taken, ...refunds].map(({ amount }) => amount);
  const otherAmount = amounts.find((amount) => amount !== row.amount);
  if (otherAmount !== undefined)
    return {
      en: `its amount is ${row.amount}, and payment moved ${otherAmount}`,
      es: `su importe es ${row.amount}, y payment movió ${otherAmount}`,
    };
  const other = [...kept, ...releases].find(
    ({ sku, quantity }) => sku !== row.sku || quantity !== row.quantity,
  );
  if (other)
    return {
      en: `it is of ${row.quantity} × ${row.sku}, and inventory moved ${other.quantity} × ${other.sku}`,
      es: `es de ${row.quantity} × ${row.sku}, e inventory movió ${other.quantity} × ${other.sku}`,
    };
  const payer = taken.find(({ customer }) => customer !== row.customer);
  return (
    payer && {
      en: `${row.customer} ordered, and ${payer.customer} paid`,
      es: `pidió ${row.customer}, y pagó ${payer.customer}`,
    }
  );
}

export function moneyConserved({ final, seeded, finalLine }: Story): Finding {
  const rule: Text = {
    en: 'No money appears or is lost, and nobody pays what he does not have: balances and standing payments add up to what there was.',
    es: 'No aparece ni se pierde dinero, y nadie paga lo que no tiene: saldos y pagos en pie suman lo que había.',
  };
  if (final.overdrawn)
    return finding('money-conserved', rule, {
      story: {
        en: `${counted.en(final.overdrawn, 'customer has', 'customers have')} a balance below zero at the end: paid with money that was not there.`,
        es: `${counted.es(final.overdrawn, 'cliente tiene', 'clientes tienen')} saldo negativo al final: se pagó con dinero que no había.`,
      },
      lines: [finalLine],
    });
  const sum = (all: readonly { amount: number }[]): number =>
    all.reduce((total, { amount }) => total + amount, 0);
  const paid = sum(final.payments.filter(({ status }) => status === 'AUTHORIZED'));
  const refunded = sum(final.refunds);
  const now = final.money + paid - refunded;
  if (now === seeded.money) return finding('money-conserved', rule, undefined);
  return finding('money-conserved', rule, {
    story: {
      en: `there were ${seeded.money} to begin with; now the balances are ${final.money}, ${paid} were paid and ${refunded} given back, which makes ${now}.`,
      es: `había ${seeded.money} al empezar; ahora los saldos son ${final.money}, se pagaron ${paid} y se devolvieron ${refunded}, que son ${now}.`,
    },
    lines: [finalLine],
  });
}

export function stockConserved({ final, seeded, finalLine }: Story): Finding {
  const rule: Text = {
    en: 'No stock appears or is lost, and nobody reserves what is not there.',
    es: 'No aparecen ni se pierden existencias, y nadie reserva lo que no hay.',
  };
  const of = (all: readonly { sku: string; quantity: number }[], sku: string): number =>
    all.reduce((total, one) => total + (one.sku === sku ? one.quantity : 0), 0);
  const reserved = final.reservations.filter(({ status }) => status === 'RESERVED');
  for (const [sku, before] of Object.entries(seeded.stock)) {
    const available = final.stock[sku] ?? 0;
    const standing = of(reserved, sku) - of(final.releases, sku);
    if (available + standing === before && available >= 0) continue;
    return finding('stock-conserved', rule, {
      story: {
        en: `of ${sku} there were ${before}; now ${available} are available and ${standing} reserved.`,
        es: `de ${sku} había ${before}; ahora hay ${available} disponibles y ${standing} reservados.`,
      },
      lines: [finalLine],
    });
  }
  return finding('stock-conserved', rule, undefined);
}
