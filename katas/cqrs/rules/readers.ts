import {
  finding,
  undecided,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { consumesAgainWithinMs, type Shown } from '../contract.js';
import { has, isIn, tookMs, type Read, type Story } from '../story.js';
import { pathOf, shownOrder } from './words.js';

/** Each reader for itself: what it was shown once it is shown again, or something newer. */
export function noReaderSeesLess(story: Story): Finding {
  const rule: Text = {
    en: 'No reader is shown less of an order than it was shown before.',
    es: 'A ningún lector se le muestra menos de un pedido de lo que ya se le había mostrado.',
  };
  const seen = new Map<string, Map<string, Seen>>();
  for (const read of story.reads) {
    const { orders, reader, customer } = read;
    if (orders === undefined) continue;
    const whose = `${reader} ${customer}`;
    const before = seen.get(whose) ?? new Map<string, Seen>();
    seen.set(whose, before);
    const less = [...before.values()].find(({ shown }) => !has(read, shown.id, shown.version));
    if (less) return finding('no-reader-sees-less', rule, lessOf(story, read, less));
    for (const shown of orders) before.set(shown.id, { shown, line: read.line });
  }
  return finding('no-reader-sees-less', rule, undefined);
}

interface Seen {
  readonly shown: Shown;
  readonly line: number;
}

function lessOf(story: Story, read: Read, before: Seen): Witness {
  const { reader, orders, line } = read;
  const { id } = before.shown;
  const now = orders?.find((one) => one.id === id);
  const path = pathOf(story, id);
  return {
    story: {
      en: `reader r-${reader} was shown ${id} ${shownOrder(before.shown)} (history line ${before.line}), and later ${now ? shownOrder(now) : 'nothing of it'} (line ${line}).${path.text.en}`,
      es: `al lector r-${reader} se le mostró ${id} ${shownOrder(before.shown)} (línea ${before.line} del historial), y más tarde ${now ? shownOrder(now) : 'nada de él'} (línea ${line}).${path.text.es}`,
    },
    lines: [before.line, line, ...path.lines],
  };
}

/** Whoever needs so long for one question may need much longer to begin again. */
const slowMs = 1_000;

/** While nothing keeps anything from it. */
const undisturbed = ['load', 'duplicates', 'reordering'];

/** A view that refuses is never wrong, and of no use. */
export function servesWhileConnected(story: Story): Finding {
  const rule: Text = {
    en: 'While the view reaches the broker it answers every read without a token.',
    es: 'Mientras la vista llega al broker responde a toda lectura sin token.',
  };
  const plain = story.reads.filter(
    (read) => read.token === undefined && undisturbed.some((act) => isIn(read, story.during(act))),
  );
  const refused = plain.filter(({ outcome }) => outcome === 'fail');
  const [one] = refused;
  if (!one) return consumesAgain(story, rule);
  return finding('serves-while-connected', rule, {
    story: {
      en: `${refused.length} of ${plain.length} reads without a token were refused while nothing was in the way, first that of r-${one.reader} for ${one.customer} (history line ${one.line}).`,
      es: `${refused.length} de ${plain.length} lecturas sin token se rechazaron sin que nada estorbara, la primera la de r-${one.reader} para ${one.customer} (línea ${one.line} del historial).`,
    },
    lines: [one.line],
  });
}

/** A consumer that was cancelled is no broken connection: nobody but the view can begin again. */
function consumesAgain(story: Story, rule: Text): Finding {
  const name = 'serves-while-connected';
  const { cancelled } = story;
  if (!cancelled?.met || cancelled.isBack !== false) return finding(name, rule, undefined);
  const beside = [...story.writes, ...story.reads.filter(({ token }) => token === undefined)];
  const slowest = Math.max(0, ...beside.filter((one) => isIn(one, cancelled)).map(tookMs));
  if (slowest > slowMs)
    return undecided(name, rule, {
      en: 'the view was long without its consumer, and this machine was so slow that it may be its doing',
      es: 'la vista estuvo mucho sin su consumidor, y esta máquina iba tan lenta que puede ser culpa suya',
    });
  const [line, seconds] = [cancelled.line, consumesAgainWithinMs / 1_000];
  return finding(name, rule, {
    story: {
      en: `the broker cancelled the view's consumer (history line ${line}), and ${seconds} s later the view had not heard what was written since.`,
      es: `el broker canceló al consumidor de la vista (línea ${line} del historial), y ${seconds} s después la vista no se había enterado de lo escrito desde entonces.`,
    },
    lines: [line],
  });
}

/** No amount that nobody told, and nobody else's order. */
export function showsOnlyWhatWas(story: Story): Finding {
  const rule: Text = {
    en: 'What is shown of an order is what was told of that version.',
    es: 'Lo que se muestra de un pedido es lo que se contó de esa versión.',
  };
  for (const read of story.reads)
    for (const shown of read.orders ?? []) {
      const told = story.told.get(`${shown.id}@${shown.version}`);
      const isRight =
        told?.amount === shown.amount &&
        told.status === shown.status &&
        told.customer === read.customer;
      if (isRight || (!told && isWritten(story, shown, read))) continue;
      const wanted = told ? `${shownOrder(told)} (${told.customer}, ${told.line})` : undefined;
      return finding('shows-only-what-was', rule, {
        story: {
          en: `${read.customer} was shown ${shown.id} ${shownOrder(shown)} (history line ${read.line}); ${wanted === undefined ? 'no such version was ever told' : `what was told: ${wanted}`}.`,
          es: `a ${read.customer} se le mostró ${shown.id} ${shownOrder(shown)} (línea ${read.line} del historial); ${wanted === undefined ? 'nunca se contó tal versión' : `lo que se contó: ${wanted}`}.`,
        },
        lines: [...(told ? [told.line] : []), read.line],
      });
    }
  return finding('shows-only-what-was', rule, undefined);
}

/** It was written and never told: then that is another's fault. */
const isWritten = ({ settled }: Story, { id, version }: Shown, { customer }: Read): boolean =>
  settled.some(({ written }) =>
    written.some((row) => row.id === id && row.customer === customer && row.version >= version),
  );
