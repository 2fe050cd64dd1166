import {
  finding,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { graceMs, inTheWayMs, shownBeforeMs, summaryOf } from '../contract.js';
import { has, isIn, isShown, partsOf, tookMs, type Read, type Story, type Told } from '../story.js';

/** A timer may ring a little before its time. */
const earlyMs = 50;

export function tokenHasItsWrite(story: Story): Finding {
  const rule: Text = {
    en: 'A read with a token shows what the token names, or is refused.',
    es: 'Una lectura con token muestra lo que el token nombra, o se rechaza.',
  };
  const written = new Map(story.writes.map((write) => [write.token, write]));
  const wrong = withToken(story).filter(
    // A token that nobody was given names nothing.
    (read) =>
      read.f === 'list' &&
      written.has(read.token) &&
      isShown(read) &&
      !has(read, ...named(read.token)),
  );
  const [one] = wrong;
  const write = one && written.get(one.token);
  if (!write) return finding('token-has-its-write', rule, wrongSum(story));
  const shown = one.orders?.find(({ id }) => id === write.order);
  const what = shown ? `v${shown.version}` : undefined;
  return finding('token-has-its-write', rule, {
    story: {
      en: `${wrong.length} reads were shown a state without what their token names. ${one.token} was told to the client (history line ${write.line}), and the read with it showed ${what ?? 'nothing of that order'} (line ${one.line}).`,
      es: `a ${wrong.length} lecturas se les mostró un estado sin lo que nombra su token. ${one.token} se le dio al cliente (línea ${write.line} del historial), y la lectura con él mostró ${what ?? 'nada de ese pedido'} (línea ${one.line}).`,
    },
    lines: [write.line, one.line],
  });
}

/** What a customer has open who has one order alone is what its newest version says. */
function wrongSum(story: Story): Witness | undefined {
  for (const read of withToken(story)) {
    const newest = newestOf(story, read.customer);
    const [only] = newest;
    if (newest.length !== 1 || !only || `${only.id}@${only.version}` !== read.token) continue;
    const [said, wanted] = [read.summary, summaryOf(newest)];
    if (!said || (said.orders === wanted.orders && said.total === wanted.total)) continue;
    return {
      story: {
        en: `the summary with token ${read.token} said {"orders": ${said.orders}, "total": ${said.total}} (history line ${read.line}), and what the token names makes it {"orders": ${wanted.orders}, "total": ${wanted.total}} (told on line ${only.line}).`,
        es: `el resumen con el token ${read.token} dijo {"orders": ${said.orders}, "total": ${said.total}} (línea ${read.line} del historial), y lo que nombra el token da {"orders": ${wanted.orders}, "total": ${wanted.total}} (se contó en la línea ${only.line}).`,
      },
      lines: [only.line, read.line],
    };
  }
  return undefined;
}

/** The last word on each order of a customer. */
function newestOf({ told }: Story, customer: string): Told[] {
  const newest = new Map<string, Told>();
  for (const one of told.values())
    if (one.customer === customer && one.version >= (newest.get(one.id)?.version ?? 0))
      newest.set(one.id, one);
  return [...newest.values()];
}

const undisturbed = ['load', 'duplicates', 'reordering'];

/** Not refused before its time, and not once the view shows it to others. */
export function tokenIsWaitedFor(story: Story, waitMs: number): Finding {
  const rule: Text = {
    en: 'A read waits for what its token names for as long as --wait-ms says, and is answered once it is there.',
    es: 'Una lectura espera a lo que nombra su token tanto como dice --wait-ms, y recibe respuesta en cuanto está.',
  };
  const refused = withToken(story).filter(({ outcome }) => outcome === 'fail');
  const early = refused.find(
    (read) =>
      undisturbed.some((act) => isIn(read, story.during(act))) && tookMs(read) < waitMs - earlyMs,
  );
  if (early) {
    const took = Math.round(tookMs(early));
    return finding('token-is-waited-for', rule, {
      story: {
        en: `the read with token ${early.token} was refused after ${took} ms, and ${waitMs} ms are to be waited (history line ${early.line}).`,
        es: `la lectura con el token ${early.token} se rechazó a los ${took} ms, y hay que esperar ${waitMs} ms (línea ${early.line} del historial).`,
      },
      lines: [early.line],
    });
  }
  for (const read of refused) {
    const before = shownBefore(story, read) ?? shownByTheNext(story, read);
    if (!before) continue;
    const ms = Math.round((read.end - before.end) / 1000);
    return finding('token-is-waited-for', rule, {
      story: {
        en: `the read with token ${read.token} was refused (history line ${read.line}), ${ms} ms after r-${before.reader} had been shown what it names (line ${before.line}).`,
        es: `la lectura con el token ${read.token} se rechazó (línea ${read.line} del historial) ${ms} ms después de que a r-${before.reader} se le mostrara lo que nombra (línea ${before.line}).`,
      },
      lines: [before.line, read.line],
    });
  }
  return finding('token-is-waited-for', rule, undefined);
}

/** In an act in which nothing else is in the way of who waits. */
function shownBefore(story: Story, read: WithToken): Read | undefined {
  const act = ['crowd', 'token'].map((name) => story.during(name)).find((span) => isIn(read, span));
  const isLong = (one: Read): boolean => read.end - one.end >= shownBeforeMs * 1000;
  if (!act) return undefined;
  return story.reads.find(
    (one) =>
      isIn(one, act) && one.end >= read.start && isLong(one) && has(one, ...named(read.token)),
  );
}

/** Of what went on after a crash: since it answers again it was shown, and then asked for with its token. */
function shownByTheNext(story: Story, read: WithToken): Read | undefined {
  const crash = story.during('crash');
  if (!crash || !isIn(read, crash)) return undefined;
  const earlier = story.reads.filter((one) => isIn(one, crash) && one.end < read.start);
  const away = earlier.filter((one) => one.token === undefined && !isShown(one));
  const back = Math.max(crash.from, ...away.map(({ end }) => end));
  return earlier.find((one) => one.start > back && has(one, ...named(read.token)));
}

export function tokenWaitEnds(story: Story, waitMs: number): Finding {
  const rule: Text = {
    en: 'A read whose write does not come is refused: it does not wait for ever.',
    es: 'Una lectura cuya escritura no llega se rechaza: no espera para siempre.',
  };
  const act = story.during('token');
  const inAct = story.reads.filter((read) => isIn(read, act));
  const worst = withToken({ reads: inAct }).toSorted((a, b) => lasted(b) - lasted(a))[0];
  if (!worst) return finding('token-wait-ends', rule, undefined);
  // How slow the machine was: others asked meanwhile, and had nothing to wait for.
  const plain = inAct.filter(({ token }) => token === undefined).map(lasted);
  const value = Math.max(0, lasted(worst) - waitMs);
  const margin = {
    what: { en: 'beyond --wait-ms', es: 'más allá de --wait-ms' },
    ...{ value, limit: graceMs, unit: 'ms', resolution: Math.min(graceMs, Math.max(0, ...plain)) },
  };
  return withinTolerance('token-wait-ends', rule, margin, () => ({
    story: {
      en: `the read with token ${worst.token} had no answer for ${Math.round(lasted(worst))} ms; --wait-ms is ${waitMs} (history line ${worst.line}).`,
      es: `la lectura con el token ${worst.token} no tuvo respuesta en ${Math.round(lasted(worst))} ms; --wait-ms es ${waitMs} (línea ${worst.line} del historial).`,
    },
    lines: [worst.line],
  }));
}

/**
 * Others are answered meanwhile. Of those who wait some are, once it comes, or the machine is slow; where
 * all are refused instead, what comes had to wait for them.
 */
export function waitingIsInNobodysWay(story: Story): Finding {
  const name = 'waiting-is-in-nobodys-way';
  const rule: Text = {
    en: 'Reads that wait for a token keep neither other reads from their answers, nor the view from what comes.',
    es: 'Las lecturas que esperan un token no impiden que otras reciban respuesta, ni que la vista tome lo que llega.',
  };
  const { crowd } = story;
  if (!crowd) return finding(name, rule, undefined);
  const waiting = story.reads.filter(({ token }) => crowd.tokens.includes(token ?? ''));
  const isAnyServed = waiting.some(isShown);
  const inLine = story.reads.flatMap((read) => {
    const isOther = read.token === undefined && isIn(read, crowd);
    if (isOther) return [{ read, ms: lasted(read) - (crowd.still?.ms ?? 0) }];
    const isInVain = !isAnyServed && read.outcome === 'fail' && waiting.includes(read);
    return isInVain ? [{ read, ms: (read.end - crowd.until) / 1000 }] : [];
  });
  const worst = inLine.toSorted((a, b) => b.ms - a.ms)[0];
  if (!worst) return finding(name, rule, undefined);
  const { read, ms } = worst;
  const howLate = lateness(ms, crowd.still?.ms);
  const margin = {
    what: { en: 'how long others stood in line', es: 'cuánto hicieron cola los demás' },
    ...{ value: Math.max(0, ms), limit: inTheWayMs, unit: 'ms', resolution: besideMs(story) },
  };
  return withinTolerance(name, rule, margin, () => ({
    story: {
      en: `${crowd.tokens.length} reads waited for their tokens (history line ${crowd.line}), and ${read.token === undefined ? `another one without a token had its answer ${howLate.en}` : `that with ${read.token} was refused ${Math.round(ms)} ms after nothing was in the way of its event any more`} (line ${read.line}).`,
      es: `${crowd.tokens.length} lecturas esperaban sus tokens (línea ${crowd.line} del historial), y ${read.token === undefined ? `otra sin token recibió su respuesta ${howLate.es}` : `la de ${read.token} se rechazó ${Math.round(ms)} ms después de que nada estorbara ya a su evento`} (línea ${read.line}).`,
    },
    lines: [crowd.line, read.line],
  }));
}

function lateness(ms: number, stillMs = 0): Text {
  const [late, still] = [Math.round(ms), Math.round(stillMs)];
  return stillMs === 0
    ? { en: `after ${late} ms`, es: `a los ${late} ms` }
    : {
        en: `${late} ms later than the ${still} ms that it took while nobody waited and the stream stood as still`,
        es: `${late} ms más tarde que los ${still} ms que tardaba cuando nadie esperaba y el stream estaba igual de quieto`,
      };
}

/** How slow the machine was: what the write side took meanwhile, and the view while nobody waited. */
function besideMs(story: Story): number {
  const { reads, writes, crowd } = story;
  const act = story.during('crowd');
  const isBefore = (read: Read): boolean => isIn(read, act) && read.end < (crowd?.from ?? 0);
  const alone = reads.filter(
    (read) => read.token === undefined && isBefore(read) && read.reader !== crowd?.still?.reader,
  );
  return Math.max(0, ...[...alone, ...writes.filter((write) => isIn(write, act))].map(tookMs));
}

/** One that never ended is longer than the lab waits for anything. */
const lasted = (read: Read): number => (Number.isFinite(read.end) ? tookMs(read) : 60_000);

interface WithToken extends Read {
  readonly token: string;
}

const withToken = ({ reads }: Pick<Story, 'reads'>): WithToken[] =>
  reads.filter((read): read is WithToken => read.token !== undefined);

function named(token: string): [string, number] {
  const { order, version } = partsOf(token);
  return [order, version];
}
