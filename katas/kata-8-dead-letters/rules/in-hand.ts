import {
  finding,
  inHandAtMost,
  type BrokerKind,
  type Finding,
  type History,
} from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** What Redis has handed out nobody sees; for what a worker has in hand it asks the warehouse. */
export function prefetchKept(
  history: History,
  story: Story,
  { broker, prefetch }: { readonly broker: BrokerKind; readonly prefetch: number },
): Finding {
  if (broker === 'rabbitmq') return inHandAtMost(history, prefetch);
  const rule = {
    en: `The worker has at most ${prefetch} messages in hand at once.`,
    es: `El worker tiene como mucho ${prefetch} mensajes entre manos a la vez.`,
  };
  const open = firstAbove(story, prefetch);
  const line = open?.at(-1);
  if (open === undefined || line === undefined) return finding('prefetch-kept', rule, undefined);
  return finding('prefetch-kept', rule, {
    story: {
      en: `on history line ${line} the worker asked the warehouse for one more shipment, while ${open.length - 1} others that it had asked for had no answer yet, the first since line ${open[0]}.`,
      es: `en la línea ${line} del historial el worker pidió un envío más al almacén, mientras otros ${open.length - 1} que había pedido seguían sin respuesta, el primero desde la línea ${open[0]}.`,
    },
    lines: [...new Set([open[0] ?? line, line])],
  });
}

/** Lines of the first calls for so many shipments without an answer, the one too many last. */
function firstAbove({ messages }: Story, limit: number): readonly number[] | undefined {
  const calls = messages.flatMap(({ id, calls }) => calls.map((call) => ({ id, ...call })));
  calls.sort((a, b) => a.line - b.line);
  let open: typeof calls = [];
  for (const call of calls) {
    open = [...open.filter(({ answer }) => (answer?.line ?? Infinity) > call.line), call];
    const lines = new Map([...open].reverse().map(({ id, line }) => [id, line]));
    if (lines.size > limit) return [...lines.values()].sort((a, b) => a - b);
  }
  return undefined;
}
