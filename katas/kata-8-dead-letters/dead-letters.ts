import type {
  Attempt,
  DeadLetter,
  DeadLetters,
  History,
  Lab,
  LetterOutcome,
  OptionValues,
  Received,
  ReplayOfLetters,
} from '../../src/kata/index.js';
import { deadLetters as deadQueue, shipmentOf, work, type Cast, type options } from './contract.js';
import { openScene } from './experiment/scene.js';
import { settled } from './experiment/settled.js';
import type { Clock } from './notes.js';
import { readStory, type Call, type Told } from './story.js';

/** For `plan dlq`: the letters of a case, and how to send them again. */
export const deadLetters: DeadLetters<typeof options> = { read, replay, outcomes };

function read(history: History): DeadLetter[] {
  const clock = history.notes<Clock>('clock')[0];
  if (!clock) return [];
  const beganAt = Date.parse(clock.value.now) - clock.at / 1000;
  const story = readStory(history);
  const foundOn = story.drainedOn.get(deadQueue) ?? 0;
  const told = story.messages.flatMap((one) =>
    one.dead.map((letter): DeadLetter => {
      const published = one.publication?.invokedOn;
      return {
        ...partsOf(letter),
        ...{ attempts: attemptsOf(one, beganAt), foundOn },
        ...(published !== undefined && { publishedOn: published }),
      };
    }),
  );
  const stray = story.strayLetters.map((letter) => ({
    ...{ ...partsOf(letter), attempts: [], foundOn },
  }));
  return [...told, ...stray];
}

function partsOf({ id, body, rawBody, headers, deaths }: Received) {
  const said = headers['x-reason'];
  const reason = typeof said === 'string' ? said : deaths[0]?.reason;
  return {
    ...{ id, body, headers, deaths },
    ...(rawBody !== undefined && { rawBody }),
    ...(reason !== undefined && { reason }),
  };
}

/** Nobody calls the warehouse for what has no shipment: then a delivery is an attempt. */
function attemptsOf({ shipment, calls, deliveries }: Told, beganAt: number): Attempt[] {
  const clock = (at: number): string => new Date(beganAt + at / 1000).toISOString();
  if (shipment !== undefined)
    return calls.map((call) => ({
      ...{ at: clock(call.at), line: call.line, answer: answerOf(call) },
    }));
  const answer = { en: 'could not be read', es: 'no se pudo leer' };
  return deliveries.map(({ at, line }) => ({ at: clock(at), line, answer }));
}

function answerOf({ answer }: Call): Attempt['answer'] {
  if (!answer) return { en: 'no answer', es: 'sin respuesta' };
  const said = answer.error === undefined ? '' : ` ${answer.error}`;
  const line = `${answer.status}${said}`;
  return { en: `${line} (line ${answer.line})`, es: `${line} (línea ${answer.line})` };
}

/** The same worker and the same warehouse; where it is mended, it ships what it had refused. */
async function replay(
  lab: Lab,
  letters: readonly DeadLetter[],
  { mended }: ReplayOfLetters,
  { broker }: OptionValues<typeof options>,
): Promise<void> {
  const scene = await openScene(lab, broker);
  const worker = await scene.start();
  const cast = letters.map(({ id, body, rawBody }): Cast => {
    const shipment = shipmentOf(body);
    const kind = shipment === undefined ? 'unreadable' : mended ? 'good' : 'refused';
    return { id, shipment, kind, body, ...(rawBody !== undefined && { rawBody }) };
  });
  scene.enter(cast);
  await scene.publish(cast);
  await settled(scene);
  await worker.stop();
  await scene.queue.drain(work);
  await scene.queue.drain(deadQueue);
}

function outcomes(history: History): LetterOutcome[] {
  return readStory(history).messages.map((told): LetterOutcome => {
    const { id, kind, dead, left, calls, deliveries, shipment } = told;
    const isShipped = calls.some(({ answer }) => answer?.status === 201);
    const [letter] = dead;
    // Without a tap nobody sees what is done with a message that cannot be read.
    const seen = (shipment === undefined ? deliveries : calls).length;
    const reason = letter && partsOf(letter).reason;
    return {
      id,
      became: letter ? 'dead' : isShipped ? 'done' : left > 0 ? 'waiting' : 'lost',
      must: kind === 'good' ? 'done' : 'dead',
      attempts: seen === 0 && letter ? Number(letter.headers['x-attempts'] ?? 0) : seen,
      ...(reason !== undefined && { reason }),
    };
  });
}
