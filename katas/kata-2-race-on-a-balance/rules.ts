import {
  finding,
  isOk,
  lineOf,
  type CheckResult,
  type Finding,
  type History,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import type { Asked, Rest } from './notes.js';
import { wrongAlone, type WrongAlone } from './rules/alone.js';
import {
  boundsAtRest,
  boundsOverTime,
  effect,
  ended,
  periodsOf,
  type Bounds,
  type Entry,
  type Period,
} from './rules/bounds.js';
import { coverageOf } from './rules/coverage.js';
import { refusesWhatIsNoAmount } from './rules/no-amount.js';

/** Pure: the counter rule of Jepsen, for money that comes and goes. */
export function check(history: History): CheckResult {
  const rests = history.notes<Rest>('rest');
  const entries = history
    .operations<Asked, { balance: number }>()
    .filter(({ f }) => f !== 'malformed');
  const accounts = [...byAccount(entries)];
  const periods = accounts.flatMap(([name, all]) => periodsOf(name, all, restsOf(name, rests)));
  const alone = accounts.flatMap(([, all]) => wrongAlone(all) ?? [])[0];
  const acknowledged = entries.filter((e) => isOk(e) && e.asked.kind !== 'read');
  return {
    findings: [
      nothingLost(periods, alone),
      balancesArePossible(periods),
      neverNegative(entries),
      refusalsAreJustified(periods),
      refusesWhatIsNoAmount(history),
    ],
    coverage: coverageOf(entries, periods, played(history)),
    figures: {
      acknowledged: acknowledged.length,
      lost: periods.reduce((sum, period) => sum + Math.abs(missingFrom(period)), 0),
    },
  };
}

/** An experiment that never came to rest had a program that did not answer. */
function restsOf(
  account: string,
  rests: readonly { readonly value: Rest; readonly line: number }[],
): number[] {
  const own = rests.filter(({ value }) => value.accounts?.includes(account) ?? true);
  return own.length === 0 ? [Number.POSITIVE_INFINITY] : own.map(({ line }) => line);
}

function byAccount(entries: readonly Entry[]): Map<string, Entry[]> {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const all = byName.get(entry.asked.account);
    if (all) all.push(entry);
    else byName.set(entry.asked.account, [entry]);
  }
  return byName;
}

/** How far the balance that was read lies outside of what it can be; 0 where it is right. */
function missingFrom(period: Period): number {
  const balance = period.read?.answer?.balance;
  if (balance === undefined) return 0;
  const { low, high } = boundsAtRest(period);
  return balance < low ? low - balance : Math.min(0, high - balance);
}

function nothingLost(periods: readonly Period[], alone: WrongAlone | undefined): Finding {
  const rule: Text = {
    en: 'At rest every balance is the sum of what was acknowledged: nothing is lost or made up.',
    es: 'En reposo cada saldo es la suma de lo que se dio por hecho: no se pierde ni se inventa nada.',
  };
  const wrong = periods.find((period) => missingFrom(period) !== 0);
  return finding('nothing-lost', rule, wrong && lostStory(wrong, alone));
}

function lostStory(period: Period, alone: WrongAlone | undefined): Witness {
  const { account, read } = period;
  const { low, high } = boundsAtRest(period);
  const balance = read?.answer?.balance ?? 0;
  const sum = low === high ? String(low) : `${low}…${high}`;
  const missing = missingFrom(period);
  const amount = Math.abs(missing);
  const proof = proofOf(period, alone);
  const en = missing > 0 ? `${amount} are lost` : `${amount} came from nowhere`;
  const es = missing > 0 ? `se perdieron ${amount}` : `aparecieron ${amount} de la nada`;
  return {
    story: {
      en: `${account} holds ${balance} once nothing is under way, but with all that was acknowledged it must be ${sum}: ${en}.${proof.story.en}`,
      es: `${account} tiene ${balance} cuando ya no hay nada en curso, pero con todo lo que se dio por hecho deben ser ${sum}: ${es}.${proof.story.es}`,
    },
    lines: [...proof.entries, ...(read ? [read] : [])].map(lineOf),
  };
}

/** The operations that show how it came about; none where nothing is certain. */
function proofOf(
  period: Period,
  alone: WrongAlone | undefined,
): { readonly story: Text; readonly entries: readonly Entry[] } {
  if (alone) return { story: aloneStory(alone), entries: [alone.before, alone.entry] };
  const pair = overwritten(period);
  return pair
    ? { story: overwriteStory(pair), entries: pair }
    : { story: { en: '', es: '' }, entries: [] };
}

/** It miscounts also where nobody else is there, so no two operations can be named as a race. */
function aloneStory({ before, entry, expected }: WrongAlone): Text {
  const { account } = entry.asked;
  const lines = [lineOf(before), lineOf(entry)];
  const [was, is] = [before.answer?.balance ?? '?', entry.answer?.balance ?? '?'];
  return {
    en: ` This is no race, or not a race alone: with nobody else there ${account} went from ${was} to ${is}, where it had to be ${expected} (history lines ${lines.join(' and ')}).`,
    es: ` No es una carrera, o no solo eso: sin nadie más, ${account} pasó de ${was} a ${is}, y debían ser ${expected} (líneas ${lines.join(' y ')} del historial).`,
  };
}

function overwriteStory([one, other]: readonly [Entry, Entry]): Text {
  const tell = (entry: Entry, language: 'en' | 'es'): string => {
    const names = {
      en: { deposit: 'deposit', withdrawal: 'withdrawal', read: 'read' },
      es: { deposit: 'ingreso', withdrawal: 'retirada', read: 'lectura' },
    };
    const { kind, amount } = entry.asked;
    return `${names[language][kind]} ${amount} → ${entry.answer?.balance ?? '?'}`;
  };
  const lines = [lineOf(one), lineOf(other)];
  const before = balanceBefore(one);
  return {
    en: ` For example (history lines ${lines.join(' and ')}): both began from ${before}, ${tell(one, 'en')} and ${tell(other, 'en')}; whoever wrote last wiped out the other.`,
    es: ` Por ejemplo (líneas ${lines.join(' y ')} del historial): ambas partieron de ${before}, ${tell(one, 'es')} y ${tell(other, 'es')}; la que escribió después borró a la otra.`,
  };
}

/**
 * Two acknowledged operations, under way at once, that began from the same balance, although the
 * account had come to it fewer times than operations left it. Without that count the two could have
 * found the same balance one after the other, and nothing would be proved.
 */
function overwritten({ base, entries }: Period): readonly [Entry, Entry] | undefined {
  const unknown = entries.filter((e) => e.outcome === 'unknown' && effect(e) !== 0).length;
  const writes = entries.filter((entry) => isOk(entry) && effect(entry) !== 0);
  // What is unknown may have led to any balance.
  const arrivals = new Map<number, number>([[base, 1]]);
  for (const { answer } of writes)
    if (answer) arrivals.set(answer.balance, (arrivals.get(answer.balance) ?? 0) + 1);
  const departures = new Map<number, Entry[]>();
  for (const entry of writes) {
    const before = balanceBefore(entry);
    const left = departures.get(before) ?? [];
    const other = left.findLast((earlier) => ended(earlier) > entry.invokedOn);
    left.push(entry);
    departures.set(before, left);
    const came = arrivals.get(before) ?? 0;
    if (other && came > 0 && left.length > came + unknown)
      return lineOf(other) < lineOf(entry) ? [other, entry] : [entry, other];
  }
  return undefined;
}

function balanceBefore(entry: Entry): number {
  return (entry.answer?.balance ?? 0) - effect(entry);
}

/** Every balance that was told lies between what must and what can have happened by then. */
function balancesArePossible(periods: readonly Period[]): Finding {
  const rule: Text = {
    en: 'Every balance in an answer is one that the account can have had at that moment.',
    es: 'Cada saldo de una respuesta es uno que la cuenta pudo tener en ese momento.',
  };
  for (const period of periods) {
    const possible = boundsOverTime(period);
    for (const entry of period.entries) {
      const balance = entry.answer?.balance;
      if (balance === undefined) continue;
      const { low, high } = possible(entry);
      if (balance < low || balance > high)
        return finding('balances-are-possible', rule, impossible(entry, { low, high }));
    }
  }
  return finding('balances-are-possible', rule, undefined);
}

function impossible(entry: Entry, { low, high }: Bounds): Witness {
  const line = lineOf(entry);
  const { account } = entry.asked;
  const balance = entry.answer?.balance ?? 0;
  return {
    story: {
      en: `${account} was said to hold ${balance} (history line ${line}), but it can only have held from ${low} to ${high} then.`,
      es: `se dijo que ${account} tenía ${balance} (línea ${line} del historial), pero entonces solo pudo tener de ${low} a ${high}.`,
    },
    lines: [line],
  };
}

function neverNegative(entries: readonly Entry[]): Finding {
  const rule: Text = {
    en: 'No balance is ever negative.',
    es: 'Ningún saldo es negativo jamás.',
  };
  const negative = entries.find((entry) => (entry.answer?.balance ?? 0) < 0);
  if (!negative) return finding('never-negative', rule, undefined);
  const line = lineOf(negative);
  const { account } = negative.asked;
  return finding('never-negative', rule, {
    story: {
      en: `${account} was said to hold ${negative.answer?.balance ?? 0} (history line ${line}).`,
      es: `se dijo que ${account} tenía ${negative.answer?.balance ?? 0} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

/** A withdrawal is refused only where the account can have held less than it asked for. */
function refusalsAreJustified(periods: readonly Period[]): Finding {
  const rule: Text = {
    en: 'A withdrawal is refused only where the balance may not have sufficed, and the refusal tells one that does not.',
    es: 'Una retirada solo se rechaza si el saldo pudo no alcanzar, y el rechazo dice uno que no alcanza.',
  };
  for (const period of periods) {
    const possible = boundsOverTime(period);
    for (const entry of period.entries) {
      if (entry.outcome !== 'fail') continue;
      const { low } = possible(entry);
      if (low >= entry.asked.amount)
        return finding('refusals-are-justified', rule, unjustified(entry, low));
      if ((entry.answer?.balance ?? -Infinity) >= entry.asked.amount)
        return finding('refusals-are-justified', rule, contradictory(entry));
    }
  }
  return finding('refusals-are-justified', rule, undefined);
}

function contradictory(entry: Entry): Witness {
  const line = lineOf(entry);
  const { account, amount } = entry.asked;
  const balance = entry.answer?.balance ?? 0;
  return {
    story: {
      en: `a withdrawal of ${amount} from ${account} was refused with a balance of ${balance} (history line ${line}), which is enough.`,
      es: `se rechazó una retirada de ${amount} de ${account} con un saldo de ${balance} (línea ${line} del historial), que alcanza.`,
    },
    lines: [line],
  };
}

function unjustified(entry: Entry, low: number): Witness {
  const line = lineOf(entry);
  const { account, amount } = entry.asked;
  return {
    story: {
      en: `a withdrawal of ${amount} from ${account} was refused (history line ${line}), although at least ${low} were there all the time.`,
      es: `se rechazó una retirada de ${amount} de ${account} (línea ${line} del historial), aunque en todo momento había al menos ${low}.`,
    },
    lines: [line],
  };
}

/** Runs of before had no such act, and lack nothing. */
function played(history: History): ReadonlySet<string> {
  return new Set(history.notes<{ act: string }>('act-began').map(({ value }) => value.act));
}
