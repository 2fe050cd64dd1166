import {
  agreeing,
  counted,
  detailOf,
  finding,
  type CheckResult,
  type Coverage,
  type Finding,
  type History,
  type LoadNote,
  type Operation,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import type { Remark, Sample } from './notes.js';

interface Options {
  readonly users: number;
  readonly mode: string;
  readonly requests: number;
  /** Seconds, instead of requests; 0 is off. */
  readonly duration?: number;
  readonly ioMs: number;
  readonly cpuUs: number;
}

type Orders = readonly Operation<{ id: string; amount: number }, Told>[];
type Told = { id: string; amount?: number; tookMs?: number };
type Loads = readonly { readonly value: LoadNote; readonly line: number }[];

/** Pure: of a load that is only counted, the history has the counts and the exceptions. */
export function check(history: History, options: Options): CheckResult {
  const loads = history.notes<LoadNote>('load');
  const orders: Orders = history.operations('order');
  const measured = loads.filter(({ value }) => !value.warmUp);
  return {
    findings: [
      answeredOnce(loads, orders, history),
      ownAnswer(loads, orders),
      waited(loads, orders, options),
      computed(history, options),
    ],
    coverage: [allSent(measured, options), atOnce(measured, options, history)],
    figures: {
      inFlight: Math.max(0, ...measured.map(({ value }) => value.mostInFlight)),
      lost: lostIn(loads),
    },
  };
}

function lostIn(loads: Loads): number {
  return loads.reduce((sum, { value }) => sum + value.sent - value.answered, 0);
}

function answeredOnce(loads: Loads, orders: Orders, history: History): Finding {
  const rule: Text = {
    en: 'Every request is answered, and once.',
    es: 'Cada petición se responde, y una sola vez.',
  };
  const lost = lostIn(loads);
  const twice = loads.reduce((sum, { value }) => sum + value.unasked, 0);
  if (lost > 0) return finding('answered-once', rule, lostStory(lost, loads, orders));
  const second = history.notes<{ request: string }>('unasked-answer')[0];
  if (twice === 0 || !second) return finding('answered-once', rule, undefined);
  const { line, value } = second;
  return finding('answered-once', rule, {
    story: {
      en: `${counted.en(twice, 'time', 'times')} something came after the one answer, first after that to ${value.request} (history line ${line}).`,
      es: `${counted.es(twice, 'vez', 'veces')} llegó algo más tras la única respuesta, la primera tras la de ${value.request} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

function lostStory(lost: number, loads: Loads, orders: Orders): Witness {
  const sent = loads.reduce((sum, { value }) => sum + value.sent, 0);
  const one = orders.find(({ problem }) => problem && problem.kind !== 'contract');
  const lines = one ? [one.completedOn ?? one.invokedOn] : [];
  const why = detailOf(one?.problem);
  const first = (said: string): string => (one ? `${one.asked.id}: ${said}` : '?');
  return {
    story: {
      en: `${lost} of ${sent} requests got no answer (${first(why.en)}).`,
      es: `${lost} de ${sent} peticiones ${agreeing.es(lost, 'se quedó', 'se quedaron')} sin respuesta (${first(why.es)}).`,
    },
    lines,
  };
}

function remarksIn(loads: Loads, remark: Remark): number {
  return loads.reduce((sum, { value }) => sum + (value.remarks[remark] ?? 0), 0);
}

function ownAnswer(loads: Loads, orders: Orders): Finding {
  const rule: Text = {
    en: 'Every answer has the id and the amount of its own request.',
    es: 'Cada respuesta lleva el id y el importe de su propia petición.',
  };
  const mixedUp = remarksIn(loads, 'another-order');
  const one = orders.find(
    ({ asked, answer }) =>
      answer &&
      answer.tookMs === undefined &&
      (answer.id !== asked.id || answer.amount !== asked.amount),
  );
  if (mixedUp === 0 || !one) return finding('own-answer', rule, undefined);
  const line = one.completedOn ?? one.invokedOn;
  const asked = `${one.asked.id} (${one.asked.amount})`;
  const told = `${one.answer?.id ?? '?'} (${one.answer?.amount ?? '?'})`;
  return finding('own-answer', rule, {
    story: {
      en: `${counted.en(mixedUp, 'answer belongs', 'answers belong')} to somebody else. User ${one.process} sent ${asked} and was told ${told} (history line ${line}).`,
      es: `${counted.es(mixedUp, 'respuesta es', 'respuestas son')} de otra petición. El usuario ${one.process} envió ${asked} y recibió ${told} (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

function waited(loads: Loads, orders: Orders, { ioMs }: Options): Finding {
  const rule: Text = {
    en: 'No answer comes before the wait of its request is over.',
    es: 'Ninguna respuesta llega antes de que acabe la espera de su petición.',
  };
  const early = remarksIn(loads, 'too-early');
  const one = orders.find(({ answer }) => answer?.tookMs !== undefined);
  if (early === 0 || !one) return finding('waits', rule, undefined);
  const line = one.completedOn ?? one.invokedOn;
  const tookMs = one.answer?.tookMs ?? 0;
  return finding('waits', rule, {
    story: {
      en: `${counted.en(early, 'answer', 'answers')} came too early: ${one.asked.id} after ${tookMs} ms, with a wait of ${ioMs} ms (history line ${line}).`,
      es: `${counted.es(early, 'respuesta llegó', 'respuestas llegaron')} antes de tiempo: ${one.asked.id} a los ${tookMs} ms, con una espera de ${ioMs} ms (línea ${line} del historial).`,
    },
    lines: [line],
  });
}

function computed(history: History, { cpuUs }: Options): Finding {
  const rule: Text = {
    en: 'The checksum of every order that was looked at is the one that the computing comes to.',
    es: 'El checksum de cada pedido mirado es el que da el cálculo.',
  };
  const [note] = history.notes<readonly Sample[]>('checksums');
  const steps = cpuUs * stepsPerMicrosecond;
  const wrong = (note?.value ?? []).filter(
    ({ id, checksum }) => checksum !== checksumOf(id, steps),
  );
  const [one] = wrong;
  if (!note || !one) return finding('computes', rule, undefined);
  const all = note.value.length;
  const right = checksumOf(one.id, steps);
  return finding('computes', rule, {
    story: {
      en: `${wrong.length} of ${all} checksums ${agreeing.en(wrong.length, 'is', 'are')} wrong: that of ${one.id} is ${right} after ${steps} steps, not ${one.checksum} (history line ${note.line}).`,
      es: `${wrong.length} de ${all} checksums ${agreeing.es(wrong.length, 'es falso', 'son falsos')}: el de ${one.id} es ${right} tras ${steps} pasos, no ${one.checksum} (línea ${note.line} del historial).`,
    },
    lines: [note.line],
  });
}

/** As the brief says: a microsecond of CPU is so many steps, in every language. */
const stepsPerMicrosecond = 400;

function checksumOf(id: string, steps: number): number {
  let x = 0x811c9dc5;
  for (const byte of Buffer.from(id)) x = Math.imul(x ^ byte, 0x01000193);
  for (let step = 0; step < steps; step += 1) x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 1) | 0;
  return x >>> 0;
}

/** A load that lasts for a time wants what came due meanwhile. */
function wantedOf(measured: Loads, { mode, users, requests, duration = 0 }: Options): number {
  if (mode === 'burst') return users;
  if (duration === 0) return requests;
  return Math.max(
    1,
    measured.reduce((sum, { value }) => sum + value.wanted, 0),
  );
}

function allSent(measured: Loads, options: Options): Coverage {
  const wanted = wantedOf(measured, options);
  const sent = measured.reduce((sum, { value }) => sum + value.sent, 0);
  return {
    condition: 'all-sent',
    met: sent >= wanted,
    story: {
      en: `${counted.en(wanted, 'request was', 'requests were')} to be sent, ${sent} were`,
      es: `había que enviar ${counted.es(wanted, 'petición', 'peticiones')} y se enviaron ${sent}`,
    },
  };
}

/** What the kata is about: all of a burst, everybody in a closed load, some in an open one. */
function atOnce(measured: Loads, options: Options, history: History): Coverage {
  const { mode, users } = options;
  const wanted = wantedOf(measured, options);
  const needed = Math.min(mode === 'open' ? 2 : users, wanted);
  const most = Math.max(0, ...measured.map(({ value }) => value.mostInFlight));
  // Too few file descriptors: the lab knows the command that raises them.
  const [limited] = history.notes<{ mend: string }>('load-limited');
  const mend = limited ? ` → ${limited.value.mend}` : '';
  return {
    condition: 'at-once',
    met: most >= needed,
    story: {
      en: `${counted.en(needed, 'request was', 'requests were')} to be in flight at once, at most ${most} were${mend}`,
      es: `tenían que estar en curso ${counted.es(needed, 'petición', 'peticiones')} a la vez, y hubo como mucho ${most}${mend}`,
    },
  };
}
