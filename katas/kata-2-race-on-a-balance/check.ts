import {
  finding,
  mostUnderWay,
  type CheckResult,
  type Finding,
  type History,
  type Operation,
  type Text,
  type Witness,
} from '../../src/kata/index.js';

export interface Asked {
  account: string;
  kind: 'deposit' | 'withdrawal' | 'read';
  amount: number;
}

type Entry = Operation<Asked, { balance: number }>;

/** All that happened to one account. */
interface Account {
  name: string;
  entries: Entry[];
  /** Read once nothing was under way; undefined where that read got no answer. */
  final: Entry | undefined;
}

/** Pure: the counter rule of Jepsen, for money that comes and goes. */
export function check(history: History): CheckResult {
  const quiet = history.notes('quiet')[0];
  if (!quiet) throw new Error('the history has no note "quiet"');
  const entries = history.operations<Asked, { balance: number }>();
  const accounts = accountsOf(entries, quiet.line);
  const acknowledged = entries.filter((e) => isOk(e) && e.asked.kind !== 'read');
  return {
    findings: [
      nothingLost(accounts),
      balancesArePossible(accounts),
      neverNegative(entries),
      refusalsAreJustified(accounts),
    ],
    coverage: [overlapped(accounts), readAtTheEnd(accounts)],
    figures: {
      acknowledged: acknowledged.length,
      lost: accounts.reduce((sum, account) => sum + Math.abs(missingIn(account)), 0),
    },
  };
}

function accountsOf(entries: readonly Entry[], quietLine: number): Account[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { account } = entry.asked;
    const all = byName.get(account);
    if (all) all.push(entry);
    else byName.set(account, [entry]);
  }
  return [...byName].map(([name, all]) => ({
    name,
    entries: all.filter((entry) => entry.invokedOn < quietLine),
    final: all.find((entry) => entry.invokedOn > quietLine && isOk(entry)),
  }));
}

const isOk = (entry: Entry): boolean => entry.outcome === 'ok';
const lineOf = (entry: Entry): number => entry.completedOn ?? entry.invokedOn;

/** What an operation adds to the balance if it takes effect. */
function effect({ asked: { kind, amount } }: Entry): number {
  if (kind === 'read') return 0;
  return kind === 'deposit' ? amount : -amount;
}

interface Bounds {
  low: number;
  high: number;
}

/** Balance at the end: acknowledged effects for sure, unknown ones perhaps. */
function finalBounds({ entries }: Account): Bounds {
  const bounds = { low: 0, high: 0 };
  for (const entry of entries) {
    if (entry.outcome === 'fail') continue;
    const change = effect(entry);
    if (isOk(entry) || change < 0) bounds.low += change;
    if (isOk(entry) || change > 0) bounds.high += change;
  }
  return bounds;
}

/** How far the final balance lies outside of what it can be; 0 where it is right. */
function missingIn(account: Account): number {
  const balance = account.final?.answer?.balance;
  if (balance === undefined) return 0;
  const { low, high } = finalBounds(account);
  return balance < low ? low - balance : Math.min(0, high - balance);
}

function nothingLost(accounts: readonly Account[]): Finding {
  const rule: Text = {
    en: 'At the end every balance is the sum of what was acknowledged: nothing is lost or made up.',
    es: 'Al final cada saldo es la suma de lo confirmado: no se pierde ni se inventa nada.',
  };
  const wrong = accounts.find((account) => missingIn(account) !== 0);
  return finding('nothing-lost', rule, wrong && lostStory(wrong));
}

function lostStory(account: Account): Witness {
  const { low, high } = finalBounds(account);
  const missing = missingIn(account);
  const balance = account.final?.answer?.balance ?? 0;
  const sum = low === high ? String(low) : `${low}…${high}`;
  const amount = Math.abs(missing);
  const pair = overwritten(account);
  const lines = [
    ...(pair ? pair.map(lineOf) : []),
    ...(account.final ? [lineOf(account.final)] : []),
  ];
  const en = missing > 0 ? `${amount} are lost` : `${amount} came from nowhere`;
  const es = missing > 0 ? `se perdieron ${amount}` : `aparecieron ${amount} de la nada`;
  return {
    story: {
      en: `${account.name} ends with ${balance}, but what was acknowledged adds up to ${sum}: ${en}.${pair ? overwriteStory(pair).en : ''}`,
      es: `${account.name} acaba con ${balance}, pero lo confirmado suma ${sum}: ${es}.${pair ? overwriteStory(pair).es : ''}`,
    },
    lines,
  };
}

function overwriteStory([one, other]: readonly [Entry, Entry]): Text {
  const tell = (entry: Entry, language: 'en' | 'es'): string => {
    const names = {
      en: { deposit: 'deposit', withdrawal: 'withdrawal', read: 'read' },
      es: { deposit: 'ingreso', withdrawal: 'reintegro', read: 'lectura' },
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

/** Two acknowledged operations, under way at once, that began from the same balance. */
function overwritten({ entries }: Account): readonly [Entry, Entry] | undefined {
  const writes = entries.filter((entry) => isOk(entry) && effect(entry) !== 0);
  const latest = new Map<number, Entry>();
  for (const entry of writes) {
    const before = balanceBefore(entry);
    const earlier = latest.get(before);
    if (earlier && earlier.end > entry.start) return [earlier, entry];
    latest.set(before, entry);
  }
  return undefined;
}

function balanceBefore(entry: Entry): number {
  return (entry.answer?.balance ?? 0) - effect(entry);
}

/** Every balance that was told lies between what must and what can have happened by then. */
function balancesArePossible(accounts: readonly Account[]): Finding {
  const rule: Text = {
    en: 'Every balance in an answer is one that the account can have had at that moment.',
    es: 'Cada saldo de una respuesta es uno que la cuenta pudo tener en ese momento.',
  };
  for (const account of accounts) {
    const possible = boundsOverTime(account);
    for (const entry of account.entries) {
      const balance = entry.answer?.balance;
      if (!isOk(entry) || balance === undefined) continue;
      const { low, high } = possible(entry);
      if (balance < low || balance > high)
        return finding('balances-are-possible', rule, impossible(account, entry, { low, high }));
    }
  }
  return finding('balances-are-possible', rule, undefined);
}

function impossible({ name }: Account, entry: Entry, { low, high }: Bounds): Witness {
  const line = lineOf(entry);
  const balance = entry.answer?.balance ?? 0;
  return {
    story: {
      en: `${name} was said to hold ${balance} (history line ${line}), but it can only have held from ${low} to ${high} then.`,
      es: `se dijo que ${name} tenía ${balance} (línea ${line} del historial), pero entonces solo pudo tener de ${low} a ${high}.`,
    },
    lines: [line],
  };
}

/**
 * The counter rule: at least what was acknowledged before the operation was invoked, less what may
 * have been taken by its completion; at most what was attempted by its completion, less what was
 * acknowledged as taken before. Sweeps with prefix sums, so that a long history stays cheap.
 */
function boundsOverTime({ entries }: Account): (entry: Entry) => Bounds {
  const effective = entries.filter((entry) => entry.outcome !== 'fail' && effect(entry) !== 0);
  const acknowledged = effective.filter(isOk);
  const sums = (list: readonly Entry[], at: (e: Entry) => number, sign: 1 | -1): Sums =>
    prefixSums(list.filter((e) => Math.sign(effect(e)) === sign).map((e) => [at(e), effect(e)]));
  const addedForSure = sums(acknowledged, ended, 1);
  const takenForSure = sums(acknowledged, ended, -1);
  const addedPerhaps = sums(effective, (e) => e.invokedOn, 1);
  const takenPerhaps = sums(effective, (e) => e.invokedOn, -1);
  return (entry) => {
    const own = effect(entry);
    const invoked = entry.invokedOn;
    const completed = ended(entry);
    // Its own effect is in the balance that it tells; what may have begun by its end holds it too.
    return {
      low: addedForSure(invoked) + Math.max(0, own) + takenPerhaps(completed),
      high: addedPerhaps(completed) + takenForSure(invoked) + Math.min(0, own),
    };
  };
}

/** Lines order what happened without ties, which microseconds do not. */
function ended(entry: Entry): number {
  return entry.completedOn ?? Number.POSITIVE_INFINITY;
}

/** Sum of everything up to a line of the history. */
type Sums = (line: number) => number;

function prefixSums(dated: readonly (readonly [number, number])[]): Sums {
  const sorted = [...dated].sort(([a], [b]) => a - b);
  const moments = sorted.map(([moment]) => moment);
  let total = 0;
  const totals = sorted.map(([, value]) => (total += value));
  return (moment) => totals[countUpTo(moments, moment) - 1] ?? 0;
}

/** How many of the sorted moments are at or before this one. */
function countUpTo(moments: readonly number[], moment: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] as number) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
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
function refusalsAreJustified(accounts: readonly Account[]): Finding {
  const rule: Text = {
    en: 'A withdrawal is refused only where the balance may not have sufficed.',
    es: 'Un reintegro solo se rechaza si el saldo pudo no alcanzar.',
  };
  for (const account of accounts) {
    const possible = boundsOverTime(account);
    for (const entry of account.entries) {
      if (entry.outcome !== 'fail') continue;
      // A refused withdrawal has no effect of its own: its bounds are those of a read.
      const { low } = possible({ ...entry, asked: { ...entry.asked, kind: 'read' } });
      if (low >= entry.asked.amount)
        return finding('refusals-are-justified', rule, unjustified(account, entry, low));
    }
  }
  return finding('refusals-are-justified', rule, undefined);
}

function unjustified({ name }: Account, entry: Entry, low: number): Witness {
  const line = lineOf(entry);
  const { amount } = entry.asked;
  return {
    story: {
      en: `a withdrawal of ${amount} from ${name} was refused (history line ${line}), although at least ${low} were there all the time.`,
      es: `se rechazó un reintegro de ${amount} de ${name} (línea ${line} del historial), aunque en todo momento había al menos ${low}.`,
    },
    lines: [line],
  };
}

/** Without two writes under way on one account there was no race. */
function overlapped(accounts: readonly Account[]): CheckResult['coverage'][number] {
  const most = Math.max(
    0,
    ...accounts.map(({ entries }) => mostUnderWay(entries.filter((e) => effect(e) !== 0))),
  );
  return {
    condition: 'writes-overlapped',
    met: most >= 2,
    story: {
      en: `at most ${most} writes were under way on one account at once (2 are needed)`,
      es: `como mucho ${most} escrituras estuvieron en curso a la vez en una cuenta (hacen falta 2)`,
    },
  };
}

function readAtTheEnd(accounts: readonly Account[]): CheckResult['coverage'][number] {
  const read = accounts.filter(({ final }) => final !== undefined).length;
  return {
    condition: 'read-at-the-end',
    met: read === accounts.length,
    story: {
      en: `${read} of ${accounts.length} accounts could be read at the end`,
      es: `al final se pudieron leer ${read} de ${accounts.length} cuentas`,
    },
  };
}
