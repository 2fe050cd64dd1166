import { finding, lineOf, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import type { Balance } from '../notes.js';
import {
  balancesOf,
  isRefused,
  named,
  totalOf,
  type Seen,
  type Story,
  type Transfer,
} from '../story.js';

/** The bank rule of Jepsen: every account is there, and together they hold what they always held. */
export function everyReadAddsUp(story: Story): Finding {
  const rule: Text = {
    en: 'Whoever reads all accounts finds all of the money, at every moment.',
    es: 'Quien lee todas las cuentas encuentra todo el dinero, en todo momento.',
  };
  const wrong = story.seen.filter((seen) => missingIn(seen, story) !== 0 || !isWhole(seen, story));
  const [first] = wrong;
  if (!first) return finding('every-read-adds-up', rule, undefined);
  const held = wrong.find((seen) => seen.held !== undefined);
  const told = held
    ? heldStory(held, story)
    : (wrong.map((seen) => explained(seen, story)).find((witness) => witness !== undefined) ??
      plain(first, story));
  return finding('every-read-adds-up', rule, {
    ...told,
    story: {
      en: `${told.story.en} So it was in ${wrong.length} of ${story.seen.length} reads.`,
      es: `${told.story.es} Así fue en ${wrong.length} de ${story.seen.length} lecturas.`,
    },
  });
}

/** How much of the money a read did not find; negative where it found too much. */
export function missingIn({ balances }: Pick<Seen, 'balances'>, { opening }: Story): number {
  return totalOf(opening.values()) - totalOf(balances.map(({ balance }) => balance));
}

function isWhole({ balances }: Seen, { opening }: Story): boolean {
  const ids = balancesOf(balances);
  return ids.size === balances.length && ids.size === opening.size && hasAll(ids, opening);
}

function hasAll(some: ReadonlyMap<string, number>, all: ReadonlyMap<string, number>): boolean {
  return [...all.keys()].every((id) => some.has(id));
}

/** A read at the exact point: between the two writes of a transfer that is known. */
function heldStory(seen: Seen, story: Story): Witness {
  const { found, all } = sums(seen, story);
  const [transfer] = story.byId.get(seen.held ?? '') ?? [];
  if (!transfer) return plain(seen, story);
  const lines = [transfer.invokedOn, seen.line];
  return {
    story: {
      en: `while ${named.en(transfer.asked)} was held between its two writes (asked for on history line ${transfer.invokedOn}), the accounts held ${found} of ${all} (line ${seen.line}).`,
      es: `mientras ${named.es(transfer.asked)} estaba retenida entre sus dos escrituras (pedida en la línea ${transfer.invokedOn} del historial), las cuentas tenían ${found} de ${all} (línea ${seen.line}).`,
    },
    lines,
  };
}

/** One or two transfers under way whose amounts are what the read did not find. */
function explained(seen: Seen, story: Story): Witness | undefined {
  const missing = missingIn(seen, story);
  const underWay = story.transfers.filter(
    (one) => one.start <= seen.end && one.end >= seen.start && !isRefused(one),
  );
  const half = addingUpTo(underWay, missing);
  if (!half) return undefined;
  const { found, all } = sums(seen, story);
  const which = (language: 'en' | 'es', line: string, and: string): string =>
    half.map((one) => `${named[language](one.asked)}, ${line} ${one.invokedOn}`).join(and);
  return {
    story: {
      en: `a read by the ${seen.by} (history line ${seen.line}) found ${found} of ${all}: ${missing} had left a payer and reached no payee. Half done at that moment: ${which('en', 'line', '; and ')}.`,
      es: `una lectura ${seen.by === 'lab' ? 'del laboratorio' : 'del programa'} (línea ${seen.line} del historial) encontró ${found} de ${all}: ${missing} habían salido de quien paga sin llegar a quien cobra. A medias en ese momento: ${which('es', 'línea', '; y ')}.`,
    },
    lines: [...half.map(({ invokedOn }) => invokedOn), seen.line],
  };
}

function addingUpTo(transfers: readonly Transfer[], sum: number): Transfer[] | undefined {
  const one = transfers.find(({ asked }) => asked.amount === sum);
  if (one) return [one];
  for (const a of transfers)
    for (const b of transfers)
      if (a.asked.id < b.asked.id && a.asked.amount + b.asked.amount === sum) return [a, b];
  return undefined;
}

function plain(seen: Seen, story: Story): Witness {
  const { found, all } = sums(seen, story);
  const there = balancesOf(seen.balances);
  const lost = [...story.opening.keys()].filter((id) => !there.has(id));
  const strange = seen.balances.find(({ id }) => !story.opening.has(id));
  const en = [
    ...lost.slice(0, 1).map((id) => ` The account ${id} is not in it.`),
    ...(strange ? [` ${strange.id} is no account of this bank.`] : []),
  ];
  const es = [
    ...lost.slice(0, 1).map((id) => ` La cuenta ${id} no aparece.`),
    ...(strange ? [` ${strange.id} no es una cuenta de este banco.`] : []),
  ];
  return {
    story: {
      en: `a read by the ${seen.by} (history line ${seen.line}) found ${found} of ${all}.${en.join('')}`,
      es: `una lectura ${seen.by === 'lab' ? 'del laboratorio' : 'del programa'} (línea ${seen.line} del historial) encontró ${found} de ${all}.${es.join('')}`,
    },
    lines: [seen.line],
  };
}

function sums({ balances }: Seen, { opening }: Story): { found: number; all: number } {
  const found = totalOf(balances.map(({ balance }) => balance));
  return { found, all: totalOf(opening.values()) };
}

/** Neither in a read nor at the end. */
export function neverNegative({ seen, final, byId }: Story): Finding {
  const rule: Text = {
    en: 'No balance is ever negative.',
    es: 'Ningún saldo es nunca negativo.',
  };
  const read = seen.find(({ balances }) => balances.some(isNegative));
  const account = (read?.balances ?? final.balances).find(isNegative);
  if (!account) return finding('never-negative', rule, undefined);
  const { id, balance } = account;
  const paid = [...byId.values()].flatMap(([first]) =>
    first && first.asked.from === id && !isRefused(first) ? [first] : [],
  );
  const largest = paid.sort((a, b) => b.asked.amount - a.asked.amount)[0];
  const where: Text = read
    ? { en: `history line ${read.line}`, es: `línea ${read.line} del historial` }
    : { en: 'at the end', es: 'al final' };
  const who: Text = largest
    ? {
        en: ` Its largest payment: ${named.en(largest.asked)}, line ${lineOf(largest)}.`,
        es: ` Su mayor pago: ${named.es(largest.asked)}, línea ${lineOf(largest)}.`,
      }
    : { en: '', es: '' };
  return finding('never-negative', rule, {
    story: {
      en: `${id} holds ${balance} (${where.en}).${who.en}`,
      es: `${id} tiene ${balance} (${where.es}).${who.es}`,
    },
    lines: [...(largest ? [lineOf(largest)] : []), ...(read ? [read.line] : [])],
  });
}

const isNegative = ({ balance }: Balance): boolean => balance < 0;
