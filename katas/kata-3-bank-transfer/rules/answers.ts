import {
  counted,
  finding,
  lineOf,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import {
  endedOn,
  isDone,
  isOpen,
  isRefused,
  isSame,
  named,
  totalOf,
  type Story,
  type Transfer,
} from '../story.js';

/** A refusal for a reason that is none. Faults excuse a 503, and so do retries that are used up. */
export function refusalsAreJustified(story: Story, retries: number): Finding {
  const rule: Text = {
    en: 'Nobody is refused without a reason.',
    es: 'A nadie se le rechaza sin motivo.',
  };
  for (const one of story.transfers) {
    const why = unjustified(one, story, retries);
    if (why) {
      const line = lineOf(one);
      return finding('refusals-are-justified', rule, {
        story: {
          en: `${named.en(one.asked)} was refused (history line ${line}): ${why.en}`,
          es: `${named.es(one.asked)} se rechazó (línea ${line} del historial): ${why.es}`,
        },
        lines: [line],
      });
    }
  }
  return finding('refusals-are-justified', rule, undefined);
}

function unjustified(one: Transfer, story: Story, retries: number): Text | undefined {
  const { asked, answer } = one;
  switch (answer?.reason) {
    case 'insufficient-funds':
      return shortOf(one, story);
    case 'unknown-account':
      if (![asked.from, asked.to].every((id) => story.opening.has(id))) return undefined;
      return {
        en: 'unknown account, and the bank has both.',
        es: 'cuenta desconocida, y el banco tiene ambas.',
      };
    case 'id-reused': {
      const all = story.byId.get(asked.id) ?? [];
      // A refusal is no state, and binds an id to nothing.
      const others = all.filter((other) => !isRefused(other));
      if (!others.every((other) => isSame(other.asked, asked))) return undefined;
      return {
        en: 'id used by another transfer, and there is none.',
        es: 'id de otra transferencia, y no hay ninguna.',
      };
    }
    case 'unavailable':
      if (asked.part === 'held' || asked.part === 'again') return undefined;
      if (answer.retries >= retries) return undefined;
      return {
        en: `503 after ${answer.retries} of ${retries} retries, with the database up and nothing in the way.`,
        es: `503 tras ${answer.retries} de ${retries} reintentos, con la base de datos en pie y nada en medio.`,
      };
    case 'invalid':
    case undefined:
      return undefined;
  }
}

/** Insufficient funds, although the payer had enough at every moment of the request. */
function shortOf(one: Transfer, story: Story): Text | undefined {
  const { from, amount } = one.asked;
  const opening = story.opening.get(from);
  if (opening === undefined) return undefined;
  const least = leastBalance(one, opening, story);
  if (least < amount) return undefined;
  return {
    en: `insufficient funds, but ${from} held at least ${least} at every moment of the request.`,
    es: `fondos insuficientes, pero ${from} tenía al menos ${least} en todo momento de la petición.`,
  };
}

/**
 * The lowest that the payer can have held while the request was under way: with what had surely
 * come in before it began, less all that may have gone out before it ended.
 */
function leastBalance({ asked, invokedOn, completedOn }: Transfer, opening: number, story: Story) {
  const end = completedOn ?? Number.POSITIVE_INFINITY;
  const sums = [...story.byId.values()].map((attempts) => {
    const [first] = attempts;
    if (!first || first.asked.id === asked.id) return 0;
    const { from, to, amount } = first.asked;
    const acknowledged = attempts.some((each) => isDone(each) && endedOn(each) < invokedOn);
    if (to === asked.from) return acknowledged ? amount : 0;
    if (from !== asked.from) return 0;
    // What was refused by then took nothing, though it may have been done when it was asked again.
    return attempts.some((each) => !isRefused(each) && each.invokedOn < end) ? -amount : 0;
  });
  return opening + totalOf(sums);
}

/** Committed first, answered then. One that is never recorded is acknowledged-takes-effect's. */
export function storedWhenAcknowledged(story: Story): Finding {
  const rule: Text = {
    en: 'A transfer is in the database by the time it is told to be done.',
    es: 'Una transferencia está en la base de datos cuando se dice que está hecha.',
  };
  return finding('stored-when-acknowledged', rule, toldWhileHeld(story) ?? toldTooSoon(story));
}

function toldWhileHeld({ held, byId }: Story): Witness | undefined {
  for (const { value, line } of held) {
    const [first] = byId.get(value.transfer) ?? [];
    if (value.moment.endsWith('-commit')) continue;
    if (!value.reached || !first || !isDone(first) || endedOn(first) > line) continue;
    const answered = lineOf(first);
    return {
      story: {
        en: `${named.en(first.asked)} was told to be done (history line ${answered}) while one of its two writes was still held (line ${line}): commit first, then answer.`,
        es: `${named.es(first.asked)} se dio por hecha (línea ${answered} del historial) con una de sus dos escrituras aún retenida (línea ${line}): primero COMMIT, luego la respuesta.`,
      },
      lines: [answered, line],
    };
  }
  return undefined;
}

function toldTooSoon({ lookedUp, byId, rows }: Story): Witness | undefined {
  const early = lookedUp.find(({ value }) => !value.there && rows.has(value.transfer));
  const first = early && byId.get(early.value.transfer)?.find(isDone);
  if (!first) return undefined;
  const line = lineOf(first);
  return {
    story: {
      en: `${named.en(first.asked)} was told to be done (history line ${line}), but its row came only afterwards (line ${early.line}). A crash in between would lose what was promised: commit first, then answer.`,
      es: `${named.es(first.asked)} se dio por hecha (línea ${line} del historial), pero su fila llegó después (línea ${early.line}). Una caída entre medias perdería lo prometido: primero COMMIT, luego la respuesta.`,
    },
    lines: [line, early.line],
  };
}

/** The same question has the same answer, and one that got none is answered in the end. */
export function askedAgainIsDone(story: Story): Finding {
  const rule: Text = {
    en: 'A transfer that is asked for again with its id is told to be done.',
    es: 'Una transferencia que se pide otra vez con su id se da por hecha.',
  };
  const witness = deniedLater(story) ?? neverAnswered(story) ?? neverRead(story);
  return finding('asked-again-is-done', rule, witness);
}

function neverRead({ readAgain }: Story): Witness | undefined {
  const one = readAgain.find(({ value }) => !value.isRead);
  if (!one) return undefined;
  const { tries } = one.value;
  return {
    story: {
      en: `the database could be reached again, and GET /accounts gave no list in ${counted.en(tries, 'request', 'requests')} (history line ${one.line}).`,
      es: `la base de datos volvía a estar accesible, y GET /accounts no dio ninguna lista en ${counted.es(tries, 'petición', 'peticiones')} (línea ${one.line} del historial).`,
    },
    lines: [one.line],
  };
}

function deniedLater({ transfers, byId }: Story): Witness | undefined {
  for (const again of transfers) {
    if (isDone(again) || again.outcome === 'unknown') continue;
    const before = byId
      .get(again.asked.id)
      ?.find((one) => isDone(one) && endedOn(one) < again.invokedOn);
    if (!before || !isSame(before.asked, again.asked)) continue;
    const lines = [lineOf(before), lineOf(again)];
    const reason = again.answer?.reason ?? '';
    return {
      story: {
        en: `${named.en(again.asked)} was told to be done (history line ${lines[0] ?? 0}), and when it was asked for again, "${reason}" (line ${lines[1] ?? 0}).`,
        es: `${named.es(again.asked)} se dio por hecha (línea ${lines[0] ?? 0} del historial), y al pedirla otra vez, «${reason}» (línea ${lines[1] ?? 0}).`,
      },
      lines,
    };
  }
  return undefined;
}

/** One that was asked for again for a while: an open outcome is nothing to leave a client with. */
function neverAnswered({ held, byId }: Story): Witness | undefined {
  for (const { value } of held) {
    const asked = byId.get(value.transfer) ?? [];
    const last = asked.at(-1);
    if (!last || last.asked.part !== 'again' || isDone(last)) continue;
    const line = lineOf(last);
    const count = asked.length;
    const how = isOpen(last) ? { en: 'no answer', es: 'sin respuesta' } : refusal(last);
    return {
      story: {
        en: `${named.en(last.asked)} was interrupted by the fault; asked for again with its id, it was still not done after ${counted.en(count, 'request', 'requests')} (history line ${line}: ${how.en}).`,
        es: `${named.es(last.asked)} la interrumpió el fallo; pedida otra vez con su id, seguía sin hacerse tras ${counted.es(count, 'petición', 'peticiones')} (línea ${line} del historial: ${how.es}).`,
      },
      lines: [line],
    };
  }
  return undefined;
}

function refusal({ answer }: Transfer): Text {
  const reason = answer?.reason ?? '';
  return { en: `"${reason}"`, es: `«${reason}»` };
}
