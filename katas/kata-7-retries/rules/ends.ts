import { agreeing, counted, finding, type Finding, type Text } from '../../../src/kata/index.js';
import { longestMs, type Limits } from '../contract.js';
import type { Story, Told } from '../story.js';

/** Longer than any wait: a message of which nothing was seen for so long is nowhere any more. */
const goneMs = 1_000;

/** What the broker confirmed is done, or given up where it can be found. */
export function noneLost(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'No message is lost: each that was confirmed to the publisher is done, or lies in work.failed.',
    es: 'Ningún mensaje se pierde: todo aquel cuyo confirm recibió el publicador está hecho, o está en work.failed.',
  };
  const lost = story.messages.filter((told) => isLost(story, told, limits));
  const [one] = lost;
  if (!one) return finding('none-lost', rule, undefined);
  const last = one.charges.at(-1);
  const seen: Text = last
    ? {
        en: `its attempt ${last.attempt} failed (line ${last.line}), and that was the last of it`,
        es: `su intento ${last.attempt} falló (línea ${last.line}), y no se supo más de él`,
      }
    : { en: 'was never tried', es: 'no se intentó nunca' };
  const published = one.published.invokedOn;
  return finding('none-lost', rule, {
    story: {
      en: `${one.id} was published and confirmed (history line ${published}); ${seen.en}. It is not done, and neither in work nor in work.failed. In all, ${counted.en(lost.length, 'message was', 'messages were')} lost.`,
      es: `${one.id} se publicó y tuvo su confirm (línea ${published} del historial); ${seen.es}. No está hecho, ni en work ni en work.failed. En total ${agreeing.es(lost.length, 'se perdió', 'se perdieron')} ${counted.es(lost.length, 'mensaje', 'mensajes')}.`,
    },
    lines: [published, ...(last ? [last.line] : [])],
  });
}

/** Where the experiment was cut short, others may still be on their way. */
export function isLost({ end }: Story, told: Told, limits: Limits): boolean {
  if (told.published.outcome !== 'ok' || told.success || told.failed.length > 0 || told.left)
    return false;
  const seenAt = told.charges.at(-1)?.at ?? told.published.end;
  return end.why === 'over' || end.at - seenAt > (longestMs(limits) + goneMs) * 1000;
}

/** A charge that went through is not asked for again. */
export function doneOnce({ messages }: Story): Finding {
  const rule: Text = {
    en: 'What is done is not tried again: no call for a message after its 201.',
    es: 'Lo que está hecho no se intenta otra vez: ninguna llamada de un mensaje tras su 201.',
  };
  const again = messages.flatMap(({ id, charges, success }) => {
    const next = success && charges.find(({ line }) => line > success.line);
    return next ? [{ id, success, next }] : [];
  });
  const [one] = again;
  if (!one) return finding('done-once', rule, undefined);
  const { id, success, next } = one;
  return finding('done-once', rule, {
    story: {
      en: `attempt ${success.attempt} of ${id} was answered 201 (history line ${success.line}), and attempt ${next.attempt} came all the same (line ${next.line}). So it was with ${counted.en(again.length, 'message', 'messages')}.`,
      es: `el intento ${success.attempt} de ${id} recibió un 201 (línea ${success.line} del historial), y aun así llegó el intento ${next.attempt} (línea ${next.line}). Así pasó con ${counted.es(again.length, 'mensaje', 'mensajes')}.`,
    },
    lines: [success.line, next.line],
  });
}

/** So many attempts, no fewer and no more; then once, and with its number, into work.failed. */
export function triesToTheLimit(story: Story, { attempts }: Limits): Finding {
  const rule: Text = {
    en: `A message that keeps failing gets ${attempts} attempts, and then lies once in work.failed, with x-attempts: ${attempts}.`,
    es: `Un mensaje que sigue fallando recibe ${attempts} intentos, y después está una vez en work.failed, con x-attempts: ${attempts}.`,
  };
  const faults = story.messages.flatMap((told) => {
    const fault = faultOf(told, attempts);
    return fault ? [{ told, fault }] : [];
  });
  const [one] = faults;
  const [stranger] = story.strangers;
  if (one) {
    const lines = one.told.charges.slice(-2).map(({ line }) => line);
    return finding('tries-to-the-limit', rule, {
      story: {
        en: `${one.told.id} ${one.fault.en} (history lines ${lines.join(', ')}). So it was, or worse, with ${counted.en(faults.length, 'message', 'messages')}.`,
        es: `${one.told.id} ${one.fault.es} (líneas ${lines.join(', ')} del historial). Así, o peor, pasó con ${counted.es(faults.length, 'mensaje', 'mensajes')}.`,
      },
      lines,
    });
  }
  if (!stranger) return finding('tries-to-the-limit', rule, undefined);
  return finding('tries-to-the-limit', rule, {
    story: {
      en: `in work.failed lies a message with the id "${stranger.id}", which nobody published: what is given up keeps its message_id.`,
      es: `en work.failed hay un mensaje con el id "${stranger.id}", que nadie publicó: lo que se abandona conserva su message_id.`,
    },
    lines: [],
  });
}

function faultOf({ charges, success, failed }: Told, attempts: number): Text | undefined {
  const n = charges.filter(({ status }) => status === 503).length;
  const [given] = failed;
  if (n > attempts)
    return {
      en: `was tried ${counted.en(charges.length, 'time', 'times')}`,
      es: `se intentó ${counted.es(charges.length, 'vez', 'veces')}`,
    };
  if (!given) return undefined;
  if (success)
    return { en: 'is done and lies in work.failed', es: 'está hecho y está en work.failed' };
  if (n < attempts)
    return {
      en: `was given up after ${counted.en(n, 'attempt', 'attempts')}`,
      es: `se abandonó tras ${counted.es(n, 'intento', 'intentos')}`,
    };
  if (failed.length > 1)
    return {
      en: `lies ${counted.en(failed.length, 'time', 'times')} in work.failed`,
      es: `está ${counted.es(failed.length, 'vez', 'veces')} en work.failed`,
    };
  const said = given.headers['x-attempts'];
  if (Number(said) === attempts) return undefined;
  const shown = said === undefined ? '–' : JSON.stringify(said);
  return {
    en: `lies in work.failed with x-attempts: ${shown}`,
    es: `está en work.failed con x-attempts: ${shown}`,
  };
}

/** What was not settled is delivered again to the next worker, and tried from the beginning. */
export function finishes({ messages, end }: Story): Finding {
  const rule: Text = {
    en: 'In the end the queue work is empty: every delivery was acknowledged.',
    es: 'Al final la cola work queda vacía: cada entrega tuvo su ack.',
  };
  // Where the experiment was cut short, there was still work to do.
  const isOver = end.why === 'over' || end.why === 'quiet';
  const left = messages.filter((told) => told.left && isOver);
  const [one] = left;
  if (!one) return finding('finishes', rule, undefined);
  const lines = [one.published.invokedOn, ...one.charges.map(({ line }) => line)];
  const done = left.filter(({ success }) => success).length;
  return finding('finishes', rule, {
    story: {
      en: `${counted.en(left.length, 'message was', 'messages were')} still in work when the worker had ended, first ${one.id} (published on history line ${one.published.invokedOn}, tried ${counted.en(one.charges.length, 'time', 'times')}); ${done} of them were done.`,
      es: `${counted.es(left.length, 'mensaje seguía', 'mensajes seguían')} en work cuando el worker había terminado; el primero, ${one.id} (publicado en la línea ${one.published.invokedOn} del historial, con ${counted.es(one.charges.length, 'intento', 'intentos')}); ${done} de ellos estaban hechos.`,
    },
    lines,
  });
}

/** Also what the contract calls a call. */
export function callsAsTold({ stray }: Story): Finding {
  const rule: Text = {
    en: 'Every call is POST /charges with {"id": …} of a message from the queue.',
    es: 'Cada llamada es POST /charges con {"id": …} de un mensaje de la cola.',
  };
  const [one] = stray;
  if (!one) return finding('calls-as-told', rule, undefined);
  const call = `${one.method} ${one.path} ${one.text}`.trimEnd();
  return finding('calls-as-told', rule, {
    story: {
      en: `the dependency got ${call} (history line ${one.line}), and ${counted.en(stray.length, 'call', 'calls')} like it.`,
      es: `la dependencia recibió ${call} (línea ${one.line} del historial), y ${counted.es(stray.length, 'llamada', 'llamadas')} así.`,
    },
    lines: [one.line],
  });
}
