import {
  times,
  finding,
  lineOf,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import type { Asked, Held, Moment, Row } from '../notes.js';
import {
  balancesOf,
  isDone,
  isRefused,
  isSame,
  named,
  totalOf,
  type Story,
  type Transfer,
} from '../story.js';

/** What breaks along where a transfer is no transaction. */
export const brokenWith: readonly string[] = [
  'every-read-adds-up',
  'total-is-conserved',
  'each-transfer-once',
  'refusals-are-justified',
];

export function totalIsConserved(story: Story): Finding {
  const rule: Text = {
    en: 'At the end all balances together are what they were at the start.',
    es: 'Al final todos los saldos juntos son lo que eran al principio.',
  };
  const vanished = vanishedIn(story);
  if (vanished === 0) return finding('total-is-conserved', rule, undefined);
  const all = totalOf(story.opening.values());
  const what: Text =
    vanished > 0
      ? { en: `${vanished} vanished`, es: `se perdieron ${vanished}` }
      : { en: `${-vanished} came from nowhere`, es: `aparecieron ${-vanished} de la nada` };
  const cause = explanation(story, ({ debits, credits }) => debits !== credits);
  return finding('total-is-conserved', rule, {
    story: {
      en: `the accounts held ${all} at the start and hold ${all - vanished} at the end: ${what.en}.${cause ? ` ${cause.story.en}` : ''}`,
      es: `las cuentas tenían ${all} al principio y tienen ${all - vanished} al final: ${what.es}.${cause ? ` ${cause.story.es}` : ''}`,
    },
    lines: cause?.lines ?? [],
  });
}

/** Negative where there is more than at the start. */
export function vanishedIn({ opening, final }: Story): number {
  return totalOf(opening.values()) - totalOf(final.balances.map(({ balance }) => balance));
}

/** The rows say which transfers took effect; the balances must be exactly those effects. */
export function eachTransferOnce(story: Story): Finding {
  const rule: Text = {
    en: 'Each recorded transfer moved its amount exactly once, and nothing else moved any.',
    es: 'Cada transferencia registrada movió su importe exactamente una vez, y nada más lo movió.',
  };
  const [wrong] = differences(story);
  if (!wrong) return finding('each-transfer-once', rule, undefined);
  return finding('each-transfer-once', rule, explanation(story) ?? unexplained(wrong, story));
}

interface Effect {
  readonly transfer: Asked;
  readonly line: number;
  readonly recorded: boolean;
  /** How often the payer was charged, and how often the payee got it. */
  readonly debits: number;
  readonly credits: number;
}

/** A transfer whose amount accounts for what is wrong with its two accounts. */
function explanation(
  story: Story,
  fits: (effect: Effect) => boolean = () => true,
): Witness | undefined {
  const wrong = new Map(differences(story));
  // What was no transfer and told so is not the one to name.
  const transfers = [...story.byId.values()].filter(
    ([first]) => first?.answer?.reason !== 'invalid',
  );
  const effects = transfers.flatMap((asked) => effectOf(asked, wrong, story));
  const far = ({ debits, credits, recorded }: Effect): number =>
    Math.abs(debits - Number(recorded)) + Math.abs(credits - Number(recorded));
  const [most] = effects.filter(fits).sort((a, b) => far(a) - far(b));
  if (!most) return undefined;
  const { transfer, line, recorded, debits, credits } = most;
  const held = story.held.find(({ value }) => value.transfer === transfer.id);
  const fault = held && faultAt(held.value);
  return {
    story: {
      en: `${named.en(transfer)}, history line ${line}: ${transfer.from} was charged ${times.en(debits)}, ${transfer.to} was credited ${times.en(credits)}, and it is recorded ${times.en(Number(recorded))}.${fault ? ` ${fault.en} (line ${held.line}).` : ''}`,
      es: `${named.es(transfer)}, línea ${line} del historial: a ${transfer.from} se le cargó ${times.es(debits)}, a ${transfer.to} se le abonó ${times.es(credits)}, y está registrada ${times.es(Number(recorded))}.${fault ? ` ${fault.es} (línea ${held.line}).` : ''}`,
    },
    lines: [line, ...(held ? [held.line] : [])],
  };
}

const whereAt: Partial<Record<Moment, Text>> = {
  'before-record': {
    en: 'before it had recorded the transfer',
    es: 'antes de registrar la transferencia',
  },
  'before-commit': { en: 'with COMMIT on its way', es: 'con el COMMIT de camino' },
  'after-commit': {
    en: 'with the answer to COMMIT on its way',
    es: 'con la respuesta al COMMIT de camino',
  },
};

function faultAt({ fault, moment }: Held): Text {
  const where = whereAt[moment] ?? { en: 'between its two writes', es: 'entre sus dos escrituras' };
  return fault === 'crash'
    ? { en: `The program was killed ${where.en}`, es: `El programa murió ${where.es}` }
    : {
        en: `The connection to the database was cut ${where.en}`,
        es: `La conexión con la base de datos se cortó ${where.es}`,
      };
}

const mostOften = 9;

function effectOf(
  asked: readonly Transfer[],
  wrong: ReadonlyMap<string, number>,
  { rows }: Story,
): Effect[] {
  const [first] = asked;
  if (!first) return [];
  const { id, from, to, amount } = first.asked;
  const charged = -(wrong.get(from) ?? 0) / amount;
  const credited = (wrong.get(to) ?? 0) / amount;
  if (charged === 0 && credited === 0) return [];
  const recorded = rows.has(id);
  const debits = Number(recorded) + charged;
  const credits = Number(recorded) + credited;
  const isPossible = [debits, credits].every(
    (n) => Number.isInteger(n) && n >= 0 && n <= mostOften,
  );
  return isPossible
    ? [{ transfer: first.asked, line: first.invokedOn, recorded, debits, credits }]
    : [];
}

/** Accounts that do not hold what the recorded transfers leave them, and how much more they hold. */
function differences(story: Story): [string, number][] {
  const right = balancesByRows(story);
  const there = balancesOf(story.final.balances);
  const ids = new Set([...right.keys(), ...there.keys()]);
  return [...ids]
    .map((id): [string, number] => [id, (there.get(id) ?? 0) - (right.get(id) ?? 0)])
    .filter(([, more]) => more !== 0);
}

function balancesByRows({ opening, final }: Story): Map<string, number> {
  const balances = new Map(opening);
  const add = (id: string, amount: number): void =>
    void balances.set(id, (balances.get(id) ?? 0) + amount);
  for (const { payer, payee, amount } of final.transfers) {
    add(payer, -amount);
    add(payee, amount);
  }
  return balances;
}

function unexplained([id, more]: [string, number], { opening, final }: Story): Witness {
  const sum = (of: (row: Row) => string): number =>
    totalOf(final.transfers.filter((row) => of(row) === id).map(({ amount }) => amount));
  const [into, out] = [sum((row) => row.payee), sum((row) => row.payer)];
  const start = opening.get(id) ?? 0;
  const right = start + into - out;
  return {
    story: {
      en: `${id} holds ${right + more}, but it was opened with ${start}, and by the recorded transfers ${into} came in and ${out} went out: ${right}.`,
      es: `${id} tiene ${right + more}, pero se abrió con ${start}, y según las transferencias registradas entraron ${into} y salieron ${out}: ${right}.`,
    },
    lines: [],
  };
}

/** Committed, and as it was asked for. */
export function acknowledgedTakesEffect({ transfers, rows }: Story): Finding {
  const rule: Text = {
    en: 'Every acknowledged transfer is recorded, as it was asked for.',
    es: 'Cada transferencia que se dio por hecha está registrada, tal como se pidió.',
  };
  const lost = transfers.find((one) => isDone(one) && !isRecorded(one.asked, rows));
  if (!lost) return finding('acknowledged-takes-effect', rule, undefined);
  const row = rows.get(lost.asked.id);
  const line = lineOf(lost);
  const what: Text = row
    ? {
        en: `its row says ${row.amount} from ${row.payer} to ${row.payee}.`,
        es: `su fila dice ${row.amount} de ${row.payer} a ${row.payee}.`,
      }
    : {
        en: 'the database has no such transfer.',
        es: 'la base de datos no tiene esa transferencia.',
      };
  return finding('acknowledged-takes-effect', rule, {
    story: {
      en: `${named.en(lost.asked)} was told to be done (history line ${line}), but ${what.en}`,
      es: `${named.es(lost.asked)} se dio por hecha (línea ${line} del historial), pero ${what.es}`,
    },
    lines: [line],
  });
}

function isRecorded(asked: Asked, rows: Story['rows']): boolean {
  const row = rows.get(asked.id);
  return row !== undefined && isSame(asked, { ...asked, ...row, from: row.payer, to: row.payee });
}

/** What is recorded was asked for, and not refused each time that it was. */
export function refusedTakesNone({ byId, rows }: Story): Finding {
  const rule: Text = {
    en: 'No transfer is recorded that was refused, or that nobody asked for.',
    es: 'No hay registrada ninguna transferencia que se rechazó, o que nadie pidió.',
  };
  for (const row of rows.values()) {
    const asked = byId.get(row.id) ?? [];
    const [first] = asked;
    if (!first)
      return finding('refused-takes-none', rule, {
        story: {
          en: `nobody asked for the transfer ${row.id}, yet it is recorded: ${row.amount} from ${row.payer} to ${row.payee}.`,
          es: `nadie pidió la transferencia ${row.id}, y aun así está registrada: ${row.amount} de ${row.payer} a ${row.payee}.`,
        },
        lines: [],
      });
    if (asked.every(isRefused))
      return finding('refused-takes-none', rule, {
        story: {
          en: `${named.en(first.asked)} was refused (history line ${lineOf(first)}), and is recorded all the same.`,
          es: `${named.es(first.asked)} se rechazó (línea ${lineOf(first)} del historial), y aun así está registrada.`,
        },
        lines: [lineOf(first)],
      });
  }
  return finding('refused-takes-none', rule, undefined);
}
