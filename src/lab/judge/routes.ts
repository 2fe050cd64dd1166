import type { Text } from '../../i18n/text.js';
import { answerBreach, requestBreach, type CallContract, type Calls } from '../../kata/calls.js';
import type { Witness } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';
import { isOnRoute, routeIn } from '../../kata/route.js';
import type { CallEndedNote, CallNote } from '../../kata/sequence/index.js';

/** The first call between two roles that was not asked or answered as they had agreed. */
export function badCall(history: History, calls: Calls): Witness | undefined {
  if (Object.keys(calls).length === 0) return undefined;
  const ended = new Map(
    history.notes<CallEndedNote>('call-ended').map(({ value, line }) => [value.n, { value, line }]),
  );
  for (const { value: call, line } of history.notes<CallNote>('call')) {
    const agreed = agreedOf(calls, call);
    if (agreed === undefined) continue;
    const asked = requestBreach(agreed, call.body);
    if (asked) return witness(call, asked, [line], call.body);
    const over = ended.get(call.n);
    if (over?.value.status === undefined) continue;
    const { status, body } = over.value;
    const answered = answerBreach(agreed, status, body);
    if (answered) return witness(call, answered, [line, over.line], body);
  }
  return undefined;
}

function agreedOf(calls: Calls, { to, method, path }: CallNote): CallContract | undefined {
  const [plain = ''] = path.split('?');
  const found = Object.entries(calls).find(([written, agreed]) => {
    const route = routeIn(written);
    return agreed.to === to && route?.method === method && isOnRoute(route, plain);
  });
  return found?.[1];
}

function witness(call: CallNote, why: Text, lines: readonly number[], body: unknown): Witness {
  const { from, to, method, path } = call;
  const what = `${method} ${path}`;
  const came = JSON.stringify(body ?? null).slice(0, 300);
  const at = lines.at(-1) ?? 0;
  return {
    story: {
      en: `${what} from ${from} to ${to} breaks the contract on history line ${at}: ${why.en}.\n  came: ${came}`,
      es: `${what} de ${from} a ${to} rompe el contrato en la línea ${at} del historial: ${why.es}.\n  llegó: ${came}`,
    },
    lines,
  };
}
