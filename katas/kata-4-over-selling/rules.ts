import {
  agreeing,
  counted,
  finding,
  isOk,
  isRefused,
  isUnknown,
  lineOf,
  mostUnderWay,
  type CheckResult,
  type Finding,
  type History,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import { stoodHalfway } from './rules/halfway.js';
import { givesUpLast } from './rules/retries.js';
import { acknowledgedEqualsRows, oneRowABuyer, storedWhenAcknowledged } from './rules/rows.js';
import {
  deliveredMeanwhile,
  readsTheDatabase,
  shelfOversold,
  shelfUndersold,
  stockEqualsInitialMinusRows,
  tellsTheStock,
} from './rules/stock.js';
import { readStory, unitsSold, type Purchase, type Story } from './story.js';

/** Pure: what the clients were told against what the database holds. */
export function check(
  history: History,
  options: { stock: number; buyers: number; retries?: number },
): CheckResult {
  const story = readStory(history, options.stock);
  const sold = story.burst.filter(isOk).length;
  return {
    findings: [
      noOverselling(story),
      acknowledgedEqualsRows(story),
      stockEqualsInitialMinusRows(story),
      noUnderselling(story),
      oneRowABuyer(story),
      readsTheDatabase(story),
      storedWhenAcknowledged(story),
      tellsTheStock(story),
      givesUpLast(story, options.retries),
    ],
    coverage: [
      overlapped(story),
      contended(story),
      ...deliveredMeanwhile(story),
      ...stoodHalfway(story),
    ],
    figures: {
      sold,
      oversold: Math.max(0, sold - story.initial),
      retries: [...story.burst, ...story.late].reduce(
        (sum, p) => sum + (p.answer?.retries ?? 0),
        0,
      ),
      gaveUp: story.burst.filter((p) => p.answer?.reason === 'gave-up').length,
    },
  };
}

/** Units acknowledged ≤ stock: in the burst, with the restocked units, and of every other sku. */
function noOverselling(story: Story): Finding {
  const { burst, late, initial, restocked } = story;
  const rule: Text = {
    en: 'No more purchases are acknowledged than there are units.',
    es: 'No se aceptan más compras que unidades hay.',
  };
  const sold = burst.filter(isOk);
  const all = [...sold, ...late.filter(isOk)];
  if (sold.length > initial)
    return finding('no-overselling', rule, oversold(sold, sold, sold.length - initial));
  const over = all.length - initial - restocked;
  return finding(
    'no-overselling',
    rule,
    over > 0 ? oversold(all, sold, over) : shelfOversold(story),
  );
}

/**
 * Two purchases that read the same stock, or else one that sold what was not there.
 * @param together of these, those between which nothing was delivered: only of them the same stock
 * is no stock for two
 */
function oversold(sold: Purchase[], together: Purchase[], over: number): Witness {
  const owes: Text = {
    en: `the shop owes ${over} ${over === 1 ? 'unit' : 'units'} it never had.`,
    es: `la tienda debe ${over} ${over === 1 ? 'unidad' : 'unidades'} que nunca tuvo.`,
  };
  const [one, other] = sameReading(together);
  if (one && other) {
    const stock = one.answer?.stock ?? 0;
    const lines = [lineOf(one), lineOf(other)];
    return {
      story: {
        en: `buyers ${one.asked.buyer} and ${other.asked.buyer} both read stock = ${stock} (history lines ${lines.join(' and ')}) and both were told 201; ${owes.en}`,
        es: `${one.asked.buyer} y ${other.asked.buyer} leyeron ambos stock = ${stock} (líneas ${lines.join(' y ')} del historial) y a ambos se les dijo 201; ${owes.es}`,
      },
      lines,
    };
  }
  const last = sold.reduce((a, b) => ((b.answer?.stock ?? 0) < (a.answer?.stock ?? 0) ? b : a));
  return {
    story: {
      en: `${counted.en(sold.length, 'buyer was', 'buyers were')} told 201, among them ${last.asked.buyer}, who read stock = ${last.answer?.stock ?? 0} (history line ${lineOf(last)}); ${owes.en}`,
      es: `a ${counted.es(sold.length, 'comprador se le', 'compradores se les')} dijo 201, entre ellos a ${last.asked.buyer}, que leyó stock = ${last.answer?.stock ?? 0} (línea ${lineOf(last)} del historial); ${owes.es}`,
    },
    lines: [lineOf(last)],
  };
}

/**
 * The pair that read the lowest stock: the units fought over last. Of several those who were told
 * closest to each other: where others come in between, the same stock may have come back by them.
 */
function sameReading(sold: Purchase[]): [Purchase?, Purchase?] {
  const byStock = new Map<number, Purchase[]>();
  for (const p of sold) {
    const stock = p.answer?.stock ?? 0;
    byStock.set(stock, [...(byStock.get(stock) ?? []), p]);
  }
  const shared = [...byStock].filter(([, readers]) => readers.length > 1).sort(([a], [b]) => a - b);
  const readers = [...(shared[0]?.[1] ?? [])].sort((a, b) => a.end - b.end);
  const [first, ...rest] = readers.slice(1).map((other, n) => {
    const one = readers[n] ?? other;
    return { pair: [one, other] as [Purchase, Purchase], apart: other.end - one.end };
  });
  if (first === undefined) return [];
  return rest.reduce((best, next) => (next.apart < best.apart ? next : best), first).pair;
}

/** Nobody is refused while enough units are left; each unknown outcome may have held its own. */
function noUnderselling(story: Story): Finding {
  const { burst, shop, initial } = story;
  const rule: Text = {
    en: 'Nobody is refused while units are left.',
    es: 'A nadie se le rechaza mientras quedan unidades.',
  };
  const left = initial - unitsSold(burst, shop);
  const refused = burst.filter(isRefused);
  const one = refused[0];
  if (!one || left <= burst.filter(isUnknown).length)
    return finding('no-underselling', rule, shelfUndersold(story));
  const gaveUp = refused.filter((p) => p.answer?.reason === 'gave-up').length;
  return finding('no-underselling', rule, {
    story: {
      en: `${left} of ${initial} units ${agreeing.en(left, 'was', 'were')} left after the burst, yet ${counted.en(refused.length, 'buyer was', 'buyers were')} refused (${gaveUp} of them with 503 after their retries), first ${one.asked.buyer} (history line ${lineOf(one)}).`,
      es: `tras la avalancha ${agreeing.es(left, 'quedaba', 'quedaban')} ${left} de ${initial} unidades, y aun así se rechazó a ${counted.es(refused.length, 'comprador', 'compradores')} (a ${gaveUp} con 503 tras sus reintentos); el primero, ${one.asked.buyer} (línea ${lineOf(one)} del historial).`,
    },
    lines: [lineOf(one)],
  });
}

/** Without two requests under way at once there was no race to win or lose. */
function overlapped({ burst }: Story): CheckResult['coverage'][number] {
  const most = mostUnderWay(burst);
  return {
    condition: 'requests-overlapped',
    met: most >= 2,
    story: {
      en: `at most ${most} of ${burst.length} requests were under way at once (2 are needed)`,
      es: `como mucho ${most} de ${burst.length} peticiones estuvieron en curso a la vez (hacen falta 2)`,
    },
  };
}

/** Over-selling needs more buyers than units. */
function contended({ burst, initial }: Story): CheckResult['coverage'][number] {
  return {
    condition: 'more-buyers-than-units',
    met: burst.length > initial,
    story: {
      en: `${counted.en(burst.length, 'buyer', 'buyers')} for ${initial} units (more buyers than units are needed)`,
      es: `${counted.es(burst.length, 'comprador', 'compradores')} para ${initial} unidades (hacen falta más compradores que unidades)`,
    },
  };
}
