import { agreeing, counted } from '../../i18n/words.js';
import { countOutcomes } from '../../history/count-outcomes.js';
import { boundsItsCalls } from './calls.js';
import { badMessage } from './messages.js';
import { badCall } from './routes.js';
import { leavesTheTables } from './tables.js';
import { excuses } from './excused.js';
import { atHang, givesUpItsLocks, starvedAtHang } from './waits.js';
import { detailOf } from '../../kata/evidence/problems.js';
import { finding, undecided, type Finding, type Witness } from '../../kata/findings.js';
import type { History, Operation, Problem } from '../../kata/history.js';
import type { LoadNote } from '../../kata/load.js';
import type { Kata } from '../../kata/define.js';
import type { Text } from '../../i18n/text.js';

/** Notes that the lab itself writes about the program under test. */
export interface Unhealthy {
  kind: 'exited' | 'timeout' | 'status';
  waitedMs: number;
  detail: string;
  logTail: readonly string[];
  /** Of a system: whose program it was. */
  role?: string;
}

export interface Ended {
  code: number | null;
  signal: string | null;
  /** `drained`, `killed`, `nonzero` or `already-dead`. */
  kind: string;
  tookMs: number;
  logTail: readonly string[];
  /** Processes that it had started, and that did not end with it; runs of before have none. */
  escaped?: readonly string[];
  /** Milliseconds after SIGTERM it still answered new connections, one after the other. */
  answeredMs?: number;
  /** A connection was open on which nothing was ever sent. */
  beside?: 'silent';
  /** Processor time of all its life, where the machine tells; runs of before have none. */
  cpuMs?: number;
  /** Of a system: whose program it was. */
  role?: string;
}

/** Bytes that came on a connection after its request had been answered. */
export interface Unasked {
  process: number;
  request: string;
  received: string;
}

/** What the services of a kata have agreed upon. */
type Agreed = Pick<Kata, 'messages' | 'calls'>;

/** The rules of katas/CONTRACT.md that hold for every program of every kata. */
export function checkProgram(history: History, agreed: Agreed = {}): Finding[] {
  const died = history.notes<Ended>('program-died');
  const isExcused = excuses(history);
  const operations = history
    .operations()
    .filter((one) => one.problem?.own !== true && !isExcused(one));
  return [
    becomesHealthy(history),
    staysAlive(died, problemsOf(history, operations)),
    answersInTime(history, operations),
    followsTheContract(history, operations, died.length > 0, agreed),
    drainsOnSigterm(history),
    ...givesUpItsLocks(history),
    ...leavesTheTables(history),
    ...boundsItsCalls(history),
  ];
}

type Problems = Record<Problem['kind'], number>;

/** Of all requests, those of loads that were only counted included. */
function problemsOf(history: History, operations: readonly Operation[]): Problems {
  const counts = { timeout: 0, connection: 0, contract: 0 };
  for (const { problem } of operations) if (problem) counts[problem.kind] += 1;
  for (const { value } of history.notes<LoadNote>('load')) {
    const { timeout, connection, contract } = value.leftOut.problems;
    counts.timeout += timeout;
    counts.connection += connection;
    counts.contract += contract;
  }
  return counts;
}

function becomesHealthy(history: History): Finding {
  const rule: Text = {
    en: 'The program becomes healthy: GET /health answers 200.',
    es: 'El programa llega a estar sano: GET /health responde 200.',
  };
  const [note] = history.notes<Unhealthy>('program-unhealthy');
  if (!note) return finding('becomes-healthy', rule, undefined);
  const { kind, waitedMs, detail, logTail } = note.value;
  const waited = `${(waitedMs / 1000).toFixed(1)} s`;
  const what: Text =
    kind === 'exited'
      ? {
          en: `it ended after ${waited}, before it was healthy (${detail}).`,
          es: `terminó a los ${waited}, antes de estar sano (${inSpanish(detail)}).`,
        }
      : {
          en: `GET /health did not answer 200 within ${waited} (${detail}).${kind === 'timeout' ? ' Does it listen on 127.0.0.1 and the port in PORT?' : ''}`,
          es: `GET /health no respondió 200 en ${waited} (${inSpanish(detail)}).${kind === 'timeout' ? ' ¿Escucha en 127.0.0.1 y en el puerto de PORT?' : ''}`,
        };
  return finding('becomes-healthy', rule, told(byRole(what, note.value), [note.line], logTail));
}

/** The lab's own words; what the machine said stays as it was said. */
function inSpanish(detail: string): string {
  if (detail === 'no answer') return 'sin respuesta';
  return detail.replace(/^code (?=\S+$)/, 'código ').replace(/^status (?=\d+$)/, 'estado ');
}

function staysAlive(
  died: readonly { value: Ended; line: number }[],
  { connection: open }: Problems,
): Finding {
  const rule: Text = {
    en: 'The program stays alive until it is told to stop.',
    es: 'El programa sigue vivo hasta que se le dice que pare.',
  };
  const [note] = died;
  if (!note) return finding('stays-alive', rule, undefined);
  const { code, signal, logTail } = note.value;
  const how = signal ?? `code ${code ?? '?'}`;
  return finding(
    'stays-alive',
    rule,
    told(
      byRole(
        {
          en: `it ended with ${how} in the middle of the run (history line ${note.line}); ${counted.en(open, 'request', 'requests')} got no answer.`,
          es: `terminó con ${inSpanish(how)} en mitad de la ejecución (línea ${note.line} del historial); ${counted.es(open, 'petición se quedó', 'peticiones se quedaron')} sin respuesta.`,
        },
        note.value,
      ),
      [note.line],
      logTail,
    ),
  );
}

function answersInTime(history: History, operations: readonly Operation[]): Finding {
  const rule: Text = {
    en: 'Every request is answered in time.',
    es: 'Cada petición se responde a tiempo.',
  };
  const one = operations.find((operation) => operation.problem?.kind === 'timeout');
  if (!one) return finding('answers-in-time', rule, undefined);
  const starved = starvedAtHang(history);
  if (starved) return undecided('answers-in-time', rule, starved);
  const lines = [one.invokedOn];
  const detail = detailOf(one.problem);
  const late = problemsOf(history, operations).timeout;
  const all = countOutcomes(history).requests;
  const sessions = atHang(history);
  return finding(
    'answers-in-time',
    rule,
    told(
      {
        en: `${late} of ${all} requests hung: ${detail.en}, first the one on history line ${one.invokedOn}. Their outcome is unknown.${sessions.en}`,
        es: `${late} de ${all} peticiones ${agreeing.es(late, 'se colgó', 'se colgaron')} (${detail.es}), la primera en la línea ${one.invokedOn} del historial. No se sabe qué efecto tuvieron.${sessions.es}`,
      },
      lines,
    ),
  );
}

function followsTheContract(
  history: History,
  operations: readonly Operation[],
  hasDied: boolean,
  { messages = {}, calls = {} }: Agreed,
): Finding {
  const rule: Text =
    Object.keys(messages).length === 0
      ? {
          en: 'Every answer is one that the contract knows.',
          es: 'Cada respuesta es una de las que conoce el contrato.',
        }
      : {
          en: 'Every answer and every message is one that the contract knows.',
          es: 'Cada respuesta y cada mensaje es de los que conoce el contrato.',
        };
  const one = operations.find(
    ({ problem }) => problem?.kind === 'contract' || (problem?.kind === 'connection' && !hasDied),
  );
  if (!one?.problem) {
    const witness =
      answeredUnasked(history) ?? badMessage(history, messages) ?? badCall(history, calls);
    return finding('follows-the-contract', rule, witness);
  }
  const line = one.completedOn ?? one.invokedOn;
  const { contract, connection } = problemsOf(history, operations);
  const breaches = contract + (hasDied ? 0 : connection);
  const witness = told(breach(one, breaches, line), [line]);
  return finding('follows-the-contract', rule, { ...witness, ...sent(one.problem.request) });
}

/** A request is answered once: what comes after its answer could be taken for another's. */
function answeredUnasked(history: History): Witness | undefined {
  const notes = history.notes<Unasked>('unasked-answer');
  const [first] = notes;
  if (!first) return undefined;
  const { value, line } = first;
  const witness = told(
    {
      en: `${counted.en(notes.length, 'time', 'times')} bytes came that answer no request, first on history line ${line}.\n  sent:     ${value.request}\n  expected: one answer\n  came too: ${value.received}`,
      es: `${counted.es(notes.length, 'vez', 'veces')} llegaron bytes que no responden a ninguna petición, la primera en la línea ${line} del historial.\n  se envió:      ${value.request}\n  se espera:     una respuesta\n  llegó además:  ${value.received}`,
    },
    [line],
  );
  return { ...witness, ...sent(value.request) };
}

/** A history shows a request as it was sent: method and target, then the body. */
function sent(shown = ''): Pick<Witness, 'request'> {
  const [method = '', target = ''] = shown.split(' ', 2);
  if (!target.startsWith('/')) return {};
  return { request: { method, path: target.replace(/\?.*$/s, '') } };
}

function breach({ problem }: Operation, count: number, line: number): Text {
  if (problem?.kind === 'connection')
    return {
      en: `${counted.en(count, 'connection', 'connections')} broke without an answer while the program was alive (${problem.detail}), first on history line ${line}.`,
      es: `${counted.es(count, 'conexión se rompió', 'conexiones se rompieron')} sin respuesta con el programa vivo (${problem.detail}), la primera en la línea ${line} del historial.`,
    };
  const { request = '', expected = '', received, detail = '' } = problem ?? {};
  return {
    en: `${counted.en(count, 'answer breaks', 'answers break')} the contract, first on history line ${line}.\n  sent:     ${request}\n  expected: ${expected}\n  came:     ${received ?? detail}`,
    es: `${counted.es(count, 'respuesta rompe', 'respuestas rompen')} el contrato, la primera en la línea ${line} del historial.\n  se envió:   ${request}\n  se espera:  ${expected}\n  llegó:      ${received ?? detail}`,
  };
}

function drainsOnSigterm(history: History): Finding {
  const rule: Text = {
    en: 'On SIGTERM the program takes no more connections and ends with code 0 within five seconds.',
    es: 'Con SIGTERM el programa no acepta más conexiones y termina con código 0 en cinco segundos.',
  };
  const bad = history
    .notes<Ended>('program-stopped')
    .find(
      ({ value: { kind, escaped = [], answeredMs } }) =>
        kind !== 'drained' || escaped.length > 0 || answeredMs !== undefined,
    );
  if (!bad) return finding('drains-on-sigterm', rule, undefined);
  return finding(
    'drains-on-sigterm',
    rule,
    told(byRole(notDrained(bad.value), bad.value), [bad.line], bad.value.logTail),
  );
}

function notDrained({ kind, code, signal, escaped = [], answeredMs, beside }: Ended): Text {
  const how = signal ?? `code ${code ?? '?'}`;
  if (answeredMs !== undefined)
    return {
      en: `${answeredMs} ms after SIGTERM it still took new connections, and answered their GET /health: the port is to be closed first.`,
      es: `${answeredMs} ms después de SIGTERM seguía aceptando conexiones nuevas y respondía a su GET /health: lo primero es cerrar el puerto.`,
    };
  switch (kind) {
    case 'killed':
      return {
        en: `it was still running five seconds after SIGTERM and had to be killed${beside ? '; a connection was open on which nothing was ever sent, and servers wait for such a one unless they close it' : ''}.`,
        es: `seguía en marcha cinco segundos después de SIGTERM y hubo que matarlo${beside ? '; había una conexión abierta por la que nunca se envió nada, y los servidores esperan por una así si no la cierran' : ''}.`,
      };
    case 'drained': {
      const list = escaped.map((one) => `\n  ${one}`).join('');
      return {
        en: `it ended, but what it had started in another session still ran five seconds after SIGTERM; the lab ended it:${list}`,
        es: `terminó, pero lo que había arrancado en otra sesión seguía en marcha cinco segundos después de SIGTERM; lo terminó el laboratorio:${list}`,
      };
    }
    default:
      return {
        en: `it ended with ${how} instead of code 0.`,
        es: `terminó con ${inSpanish(how)} en vez de código 0.`,
      };
  }
}

/** Of a system the story names whose program it was. */
function byRole({ en, es }: Text, { role }: { readonly role?: string }): Text {
  return role === undefined ? { en, es } : { en: `${role}: ${en}`, es: `${role}: ${es}` };
}

/** The program's last words belong to the witness. */
function told(what: Text, lines: readonly number[], logTail: readonly string[] = []): Witness {
  if (logTail.length === 0) return { story: what, lines };
  const last = logTail.map((line) => `    ${line}`).join('\n');
  return {
    story: {
      en: `${what.en}\n  its last lines:\n${last}`,
      es: `${what.es}\n  sus últimas líneas:\n${last}`,
    },
    lines,
  };
}
