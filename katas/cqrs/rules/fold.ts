import { finding, grouped, type Finding, type Text } from '../../../src/kata/index.js';
import { summaryOf, type Shown } from '../contract.js';
import type { Answers } from '../notes.js';
import type { Story, Told } from '../story.js';
import { crashesOf, pathOf, shownOrder } from './words.js';

/** A customer of whom the view says something else than what was told comes to. */
interface Difference {
  readonly customer: string;
  /** The first order that differs; undefined where only the sum does. */
  readonly order: string | undefined;
  readonly told: string;
  readonly shown: string;
}

export function viewEqualsTheFold(story: Story): Finding {
  const rule: Text = {
    en: 'Once nothing is written any more, the view shows what the events come to.',
    es: 'Cuando ya no se escribe nada, la vista muestra lo que suman los eventos.',
  };
  const end = story.settled.find(({ what }) => what === 'end');
  const folded = foldOf(story);
  const wrong = (end?.shown ?? []).flatMap((one) => differenceOf(one, folded) ?? []);
  const [one] = wrong;
  if (!end || !one) return finding('view-equals-the-fold', rule, undefined);
  const path = pathOf(story, one.order);
  const crashed = crashesOf(story, one.order);
  return finding('view-equals-the-fold', rule, {
    story: {
      en: `the view differs for ${wrong.length} of ${end.shown.length} customers, first ${one.customer}: the events come to ${one.told}, and the view shows ${one.shown} (history line ${end.line}).${crashed.en}${path.text.en}`,
      es: `la vista difiere en ${wrong.length} de ${end.shown.length} clientes, el primero ${one.customer}: los eventos suman ${one.told}, y la vista muestra ${one.shown} (línea ${end.line} del historial).${crashed.es}${path.text.es}`,
    },
    lines: [...path.lines, end.line],
  });
}

/** What it showed before it was emptied, or what is right, where it had not come that far then. */
export function rebuiltEqualsTheOld(story: Story): Finding {
  const rule: Text = {
    en: 'A view that was rebuilt from the stream shows what the old one showed.',
    es: 'Una vista reconstruida desde el stream muestra lo que mostraba la antigua.',
  };
  const settled = story.settled.find(({ what }) => what === 'rebuilt');
  const before = new Map((settled?.before ?? []).map((one) => [one.customer, one]));
  const folded = foldOf(story, settled?.line);
  const wrong = (settled?.shown ?? []).flatMap((one) => {
    const old = before.get(one.customer);
    const difference = old && differenceBetween(one, old.orders ?? [], old.summary);
    return difference && differenceOf(one, folded) ? [difference] : [];
  });
  const [one] = wrong;
  if (!settled || !one) return finding('rebuilt-equals-the-old', rule, undefined);
  return finding('rebuilt-equals-the-old', rule, {
    story: {
      en: `rebuilt, the view differs for ${wrong.length} of ${settled.shown.length} customers, first ${one.customer}: the old one showed ${one.told}, and the new one shows ${one.shown} (history line ${settled.line}).`,
      es: `reconstruida, la vista difiere en ${wrong.length} de ${settled.shown.length} clientes, el primero ${one.customer}: la antigua mostraba ${one.told}, y la nueva muestra ${one.shown} (línea ${settled.line} del historial).`,
    },
    lines: [settled.line],
  });
}

/** The write side's part: the view can know of nothing else. */
export function everyChangeIsTold(story: Story): Finding {
  const rule: Text = {
    en: 'Every version of an order that was written has its event, with what was written.',
    es: 'Cada versión escrita de un pedido tiene su evento, con lo que se escribió.',
  };
  const end = story.settled.find(({ what }) => what === 'end');
  for (const row of end?.written ?? [])
    for (let version = 1; version <= row.version; version += 1) {
      const told = story.told.get(`${row.id}@${version}`);
      const isRight = told && (version < row.version || isSame(told, row));
      if (isRight) continue;
      const what = told ? shownOrder(told) : undefined;
      return finding('every-change-is-told', rule, {
        story: {
          en: `order ${row.id} stands at ${shownOrder(row)}, and its version ${version} ${what === undefined ? 'was never told' : `was told as ${what}`}.`,
          es: `el pedido ${row.id} está en ${shownOrder(row)}, y su versión ${version} ${what === undefined ? 'nunca se contó' : `se contó como ${what}`}.`,
        },
        lines: [...(told ? [told.line] : []), ...(end ? [end.line] : [])],
      });
    }
  return finding('every-change-is-told', rule, undefined);
}

/** The newest of what was told of each order, by customer. */
function foldOf(story: Story, untilLine = Infinity): Map<string, Told[]> {
  const newest = new Map<string, Told>();
  for (const told of story.told.values()) {
    if (told.line > untilLine) continue;
    const there = newest.get(told.id);
    if (!there || told.version > there.version) newest.set(told.id, told);
  }
  return grouped([...newest.values()], ({ customer }) => customer);
}

const differenceOf = (shown: Answers, folded: ReadonlyMap<string, readonly Told[]>) => {
  const told = folded.get(shown.customer) ?? [];
  return differenceBetween(shown, told, summaryOf(told));
};

function differenceBetween(
  { customer, orders, summary }: Answers,
  told: readonly Shown[],
  sum = summaryOf(told),
): Difference | undefined {
  if (orders === undefined || summary === undefined)
    return { ...{ customer, order: undefined }, told: `${told.length} orders`, shown: '503' };
  const all = new Set([...told, ...orders].map(({ id }) => id));
  const order = [...all].find((id) => !isShownAs(id, orders, told));
  if (order !== undefined)
    return {
      ...{ customer, order },
      told: `${order} ${allOf(order, told)}`,
      shown: `${order} ${allOf(order, orders)}`,
    };
  if (summary.orders === sum.orders && summary.total === sum.total) return undefined;
  const said = ({ orders: n, total }: typeof sum): string => `{"orders": ${n}, "total": ${total}}`;
  return { ...{ customer, order: undefined }, told: said(sum), shown: said(summary) };
}

/** Once, and the same. */
function isShownAs(id: string, orders: readonly Shown[], told: readonly Shown[]): boolean {
  const [first, ...more] = orders.filter((one) => one.id === id);
  const wanted = told.find((one) => one.id === id);
  return first !== undefined && wanted !== undefined && more.length === 0 && isSame(first, wanted);
}

const allOf = (id: string, orders: readonly Shown[]): string =>
  orders
    .filter((one) => one.id === id)
    .map(shownOrder)
    .join(', ') || '–';

const isSame = (one: Shown, other: Shown): boolean =>
  one.version === other.version && one.status === other.status && one.amount === other.amount;
