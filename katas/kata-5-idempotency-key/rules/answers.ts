import { isDeepStrictEqual } from 'node:util';
import { finding, lineOf, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import {
  isFinal,
  isSamePayload,
  nameOf,
  statusOf,
  tell,
  type Key,
  type Pay,
  type Story,
} from '../story.js';

/** Scenes with a rule of their own for what a retry hears. */
const notStored = new Set(['invalid', 'session-lost']);
const apart = new Set(['two-clients', ...notStored]);

export function sameAnswer({ keys }: Story): Finding {
  const rule: Text = {
    en: 'Once a payment has its answer, every retry with its key gets the same one, status and body.',
    es: 'Una vez que un pago tiene su respuesta, cada reintento con su clave recibe la misma, estado y cuerpo.',
  };
  const differing = keys.flatMap((key) => differingAnswers(key) ?? []);
  const [first] = differing;
  if (!first) return finding('same-answer', rule, undefined);
  const { key, one, other } = first;
  const name = nameOf(key);
  return finding('same-answer', rule, {
    story: {
      en: `${name.en}: one request ${tell(one).en}, another one for the same payment ${tell(other).en}.${bodies(one, other)} Keys like it: ${differing.length} of ${keys.length}.`,
      es: `${name.es}: una petición ${tell(one).es}, y otra del mismo pago ${tell(other).es}.${bodies(one, other)} Claves así: ${differing.length} de ${keys.length}.`,
    },
    lines: [lineOf(one), lineOf(other)],
  });
}

/** Where the statuses do not tell the difference. */
function bodies(one: Pay, other: Pay): string {
  if (statusOf(one) !== statusOf(other)) return '';
  return [one, other].map((pay) => `\n    ${JSON.stringify(pay.answer?.body)}`).join('') + '\n ';
}

export interface Differing {
  readonly key: Key;
  readonly one: Pay;
  readonly other: Pay;
}

/** Two final answers that differ, or one that was followed by a refusal. */
export function differingAnswers(key: Key): Differing | undefined {
  for (const one of key.pays.filter(isFinal).sort((a, b) => lineOf(a) - lineOf(b))) {
    const other = key.pays.find(
      (pay) =>
        isSamePayload(pay.asked, one.asked) &&
        (isFinal(pay)
          ? !isDeepStrictEqual(pay.answer, one.answer)
          : pay.invokedOn > lineOf(one) && isRefusal(pay)),
    );
    if (other) return { key, one, other };
  }
  return undefined;
}

/** 503 promises nothing: the client is to ask again. */
function isRefusal(pay: Pay): boolean {
  const status = statusOf(pay);
  return status === 400 || status === 409 || status === 422;
}

/** The last word on each key must be an answer. The experiment asks for as long as the brief says. */
export function retryIsAnswered({ keys }: Story): Finding {
  const rule: Text = {
    en: 'A key does not stay in progress: with no other request under way a retry gets its answer, after a crash too.',
    es: 'Una clave no se queda en curso: sin otra petición pendiente, un reintento recibe su respuesta, también tras una caída.',
  };
  const stuck = keys.filter((key) => !apart.has(key.scene)).flatMap((key) => stuckOn(key) ?? []);
  return finding('retry-is-answered', rule, lastWord(stuck, keys.length));
}

/** What took no effect must not be remembered: the client mends its request and asks again. */
export function refusedIsNotStored({ keys, stillOpen }: Story): Finding {
  const rule: Text = {
    en: 'A request that was refused as no payment, or failed on the way, leaves its key free.',
    es: 'Una petición que se rechazó por no ser un pago, o que falló por el camino, deja libre su clave.',
  };
  const until = new Map(stillOpen.map(({ key, line }) => [key, line]));
  const stuck = keys
    .filter((key) => notStored.has(key.scene))
    .flatMap((key) => stuckOn(key) ?? stuckUntil(key, until) ?? []);
  return finding('refused-is-not-stored', rule, lastWord(stuck, keys.length));
}

interface Stuck {
  readonly key: Key;
  readonly first: Pay;
  readonly last: Pay;
}

function stuckOn(key: Key): Stuck | undefined {
  const lives = key.pays.filter(({ asked }) => asked.life === 1);
  // The payment that the key is about: of an invalid body nothing is asked again.
  const about = (key.scene === 'invalid' ? lives.at(-1) : lives[0])?.asked;
  const last = lives.findLast((pay) => about && isSamePayload(pay.asked, about));
  const first = lives[0];
  if (!first || !last || last.outcome === 'unknown' || isFinal(last)) return undefined;
  return { key, first, last };
}

/** Also one that a restart has set free since. */
function stuckUntil(key: Key, until: ReadonlyMap<string, number>): Stuck | undefined {
  const line = until.get(JSON.stringify([key.client, key.key]));
  if (line === undefined) return undefined;
  return stuckOn({ ...key, pays: key.pays.filter((pay) => pay.invokedOn < line) });
}

function lastWord(stuck: readonly Stuck[], all: number): Witness | undefined {
  const [worst] = stuck;
  if (!worst) return undefined;
  const { key, first, last } = worst;
  const name = nameOf(key);
  const once = first === last;
  return {
    story: {
      en: `${name.en}: ${once ? '' : `the first request ${tell(first).en}; `}the last one, with no other under way, ${tell(last).en}. Its client never learns whether it paid. Keys like it: ${stuck.length} of ${all}.`,
      es: `${name.es}: ${once ? '' : `la primera petición ${tell(first).es}; `}la última, sin ninguna otra pendiente, ${tell(last).es}. Su cliente nunca sabe si pagó. Claves así: ${stuck.length} de ${all}.`,
    },
    lines: once ? [lineOf(last)] : [lineOf(first), lineOf(last)],
  };
}
