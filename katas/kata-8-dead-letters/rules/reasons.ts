import { finding, type Finding, type Received, type Text } from '../../../src/kata/index.js';
import { attempts, isPoison, named, deadLetters } from '../contract.js';
import type { Story, Told } from '../story.js';
import { nameOf } from './attempts.js';

/** Whoever is woken at night for it wants to know why. */
export function reasonTold({ messages, drainedOn }: Story): Finding {
  const rule: Text = {
    en: 'Every dead letter tells why it died and after how many attempts.',
    es: 'Cada dead letter dice por qué murió y tras cuántos intentos.',
  };
  const dead = messages.filter(isPoison).flatMap((told) => told.dead.map((one) => ({ told, one })));
  const silent = dead.flatMap(({ told, one }) => {
    const missing = missingIn(one, told, messages);
    return missing ? [{ told, one, missing }] : [];
  });
  const first = silent[0];
  if (!first) return finding('reason-told', rule, undefined);
  const line = drainedOn.get(deadLetters) ?? 0;
  const headers = JSON.stringify(first.one.headers);
  return finding('reason-told', rule, {
    story: {
      en: `the dead letter of ${first.told.id} (${nameOf(first.told).en}, history line ${line}) has ${first.missing.en}; its headers: ${headers}. In all, ${silent.length} of ${dead.length} dead letters.`,
      es: `el dead letter de ${first.told.id} (${nameOf(first.told).es}, línea ${line} del historial) ${first.missing.es}; sus cabeceras: ${headers}. En total, ${silent.length} de ${dead.length} dead letters.`,
    },
    lines: [line],
  });
}

/** A broker that counts says so itself; it knows no error text. */
function missingIn(
  { headers, deaths }: Received,
  told: Told,
  messages: readonly Told[],
): Text | undefined {
  const reason = headers['x-reason'];
  if (reason === undefined && deaths.some((death) => death.reason === 'delivery_limit'))
    return undefined;
  if (typeof reason !== 'string' || reason.trim() === '')
    return { en: 'no x-reason', es: 'no tiene x-reason' };
  return wrongReason(reason, told, messages) ?? countMissing(headers, told);
}

function wrongReason(reason: string, told: Told, messages: readonly Told[]): Text | undefined {
  const foreign = foreignIn(reason, told, messages);
  if (foreign)
    return {
      en: `as x-reason what the warehouse said of ${foreign.id}`,
      es: `tiene como x-reason lo que el almacén dijo de ${foreign.id}`,
    };
  const answers = told.calls.flatMap(({ answer }) => answer?.error ?? []);
  if (told.cutOff === 0 && answers.length > 0 && !answers.some((one) => tells(reason, one)))
    return {
      en: `an x-reason that says nothing of what the warehouse said ("${answers[0] ?? ''}")`,
      es: `un x-reason que no dice nada de lo que dijo el almacén ("${answers[0] ?? ''}")`,
    };
  return undefined;
}

function countMissing(headers: Received['headers'], told: Told): Text | undefined {
  const said = headers['x-attempts'];
  const count = Number(said);
  if (said === undefined || said === '' || !Number.isInteger(count))
    return {
      en: 'no x-attempts that is a whole number',
      es: 'no tiene x-attempts que sea un número entero',
    };
  const isRight =
    told.kind === 'unreadable' || told.cutOff > 0
      ? count >= 1 && count <= attempts + told.cutOff
      : count === attempts;
  const was = told.kind === 'unreadable' ? '1–3' : String(attempts);
  return isRight
    ? undefined
    : {
        en: `x-attempts ${count} instead of ${was}`,
        es: `tiene x-attempts ${count} en vez de ${was}`,
      };
}

/** In whatever form: which shipment it was of the letter says by itself. */
function tells(reason: string, answer: string): boolean {
  const [why = ''] = answer.split(' (');
  return reason.toLowerCase().includes(why.toLowerCase());
}

/** Another message whose shipment the reason names, as the warehouse does; its own it may name. */
function foreignIn(reason: string, told: Told, messages: readonly Told[]): Told | undefined {
  const { shipment } = told;
  if (shipment !== undefined && reason.includes(named(shipment))) return undefined;
  return messages.find((one) => one.shipment !== undefined && reason.includes(named(one.shipment)));
}
