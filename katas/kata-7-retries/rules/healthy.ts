import { finding, type Delivery, type Finding, type Text } from '../../../src/kata/index.js';
import type { ConsumersNote } from '../notes.js';
import type { Story } from '../story.js';

/** The broker knew no consumer, and by so much later it still had handed over nothing. */
const apartMs = 500;

/**
 * Whoever waits for health before they send work must not wait for the worker again. A program that
 * asks the queue for messages, one by one, never is a consumer, and nothing is to be said of it.
 */
export function healthyOnceItConsumes({ history }: Story): Finding {
  const rule: Text = {
    en: 'Health is answered with 200 once the worker consumes, and not before.',
    es: 'La salud se responde con 200 cuando el worker ya consume, y no antes.',
  };
  const counts = history.notes<ConsumersNote>('consumers');
  const [healthy, end] = (['healthy', 'end'] as const).map((when) =>
    counts.find(({ value }) => value.when === when),
  );
  const [first] = history.notes<Delivery>('amqp-delivered');
  const cameAt = first ?? end;
  if (healthy?.value.consumers !== 0 || !end || end.value.consumers === 0 || !cameAt)
    return finding('healthy-once-it-consumes', rule, undefined);
  const ms = Math.round((cameAt.at - healthy.at) / 1000);
  if (ms < apartMs) return finding('healthy-once-it-consumes', rule, undefined);
  return finding('healthy-once-it-consumes', rule, {
    story: {
      en: `the program answered 200 to GET /health when the broker knew no consumer of work (history line ${healthy.line}); the first message came to it ${ms} ms later (line ${cameAt.line}).`,
      es: `el programa respondió 200 a GET /health cuando el broker no conocía consumidor alguno de work (línea ${healthy.line} del historial); el primer mensaje le llegó ${ms} ms después (línea ${cameAt.line}).`,
    },
    lines: [healthy.line, cameAt.line],
  });
}
