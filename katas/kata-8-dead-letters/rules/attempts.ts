import { times, counted, finding, type Finding, type Text } from '../../../src/kata/index.js';
import { attempts } from '../contract.js';
import type { Story, Told } from '../story.js';

const shipped = ({ calls }: Told): number =>
  calls.filter(({ answer }) => answer?.status === 201).length;

export const isShipped = (told: Told): boolean => shipped(told) > 0;

/** A second time is excused only by a connection that ended with the message in hand. */
export function goodDoneOnce({ messages }: Story): Finding {
  const rule: Text = {
    en: 'Every good message is done once.',
    es: 'Cada mensaje bueno se hace una sola vez.',
  };
  const doubled = messages.filter((told) => shipped(told) > 1 + told.cutOff);
  const one = doubled[0];
  if (!one) return finding('good-done-once', rule, undefined);
  const lines = linesOf(one);
  return finding('good-done-once', rule, {
    story: {
      en: `shipment ${one.shipment ?? ''} of message ${one.id} was sent ${counted.en(shipped(one), 'time', 'times')} (history lines ${lines.join(', ')}), and no connection had ended with it in hand as often. In all, ${counted.en(doubled.length, 'message was', 'messages were')} done more than once.`,
      es: `el envío ${one.shipment ?? ''} del mensaje ${one.id} salió ${counted.es(shipped(one), 'vez', 'veces')} (líneas ${lines.join(', ')} del historial), y no se había roto tantas veces una conexión con él entre manos. En total, ${counted.es(doubled.length, 'mensaje se hizo', 'mensajes se hicieron')} más de una vez.`,
    },
    lines,
  });
}

/** Whoever fails is tried three times; whoever succeeds before that is tried no more. */
export function threeAttempts({ messages }: Story): Finding {
  const rule: Text = {
    en: 'A message that fails is tried exactly three times: not twice, not four times.',
    es: 'Un mensaje que falla se intenta exactamente tres veces: ni dos ni cuatro.',
  };
  const wrong = messages.filter(hasWrongCount);
  const one = mostCalled(wrong);
  if (!one) return finding('three-attempts', rule, undefined);
  const count = one.calls.length;
  const lines = linesOf(one).slice(0, attempts + 1);
  const first = lines.join(', ');
  const most = Math.max(...wrong.map(({ calls }) => calls.length));
  return finding('three-attempts', rule, {
    story: {
      en: `message ${one.id} (${nameOf(one).en}) was tried ${times.en(count)} (${count > lines.length ? 'first ' : ''}on history lines ${first}); a failing message gets three attempts. In all, ${counted.en(wrong.length, 'message', 'messages')} got another number, up to ${most}.`,
      es: `el mensaje ${one.id} (${nameOf(one).es}) se intentó ${times.es(count)} (${count > lines.length ? 'primero ' : ''}en las líneas ${first} del historial); a un mensaje que falla le tocan tres intentos. En total, ${counted.es(wrong.length, 'mensaje tuvo', 'mensajes tuvieron')} otro número, hasta ${most}.`,
    },
    lines,
  });
}

/**
 * An attempt that was cut off is none, or the broker counts it: both are right. Where a copy was on
 * its way already, there are two of them then, each with attempts of its own.
 */
function hasWrongCount(told: Told): boolean {
  const { kind, calls, cutOff, left, publication } = told;
  if (kind === 'good' || kind === 'unreadable') return false;
  if (calls.length > attempts * (1 + cutOff)) return true;
  // One that nobody came to is told of elsewhere, as is one that the broker may never have had.
  if (left > 0 || publication?.outcome !== 'ok') return false;
  const fewest = Math.max(1, attempts - cutOff);
  return calls.length < fewest && !isShipped(told);
}

/** The warehouse knows its shipments. */
export function callsAsAsked({ strayCalls }: Story): Finding {
  const rule: Text = {
    en: 'The warehouse is asked for shipments of the queue, as the contract says.',
    es: 'Al almacén se le piden envíos de la cola, como dice el contrato.',
  };
  const [stray] = strayCalls;
  if (!stray) return finding('calls-as-asked', rule, undefined);
  const call = `${stray.method} ${stray.path} ${stray.text.slice(0, 200)}`;
  return finding('calls-as-asked', rule, {
    story: {
      en: `the warehouse was sent "${call}" (history line ${stray.line}): no message asks for that.`,
      es: `al almacén le llegó "${call}" (línea ${stray.line} del historial): ningún mensaje pide eso.`,
    },
    lines: [stray.line],
  });
}

/** As a witness names it. */
export function nameOf({ kind }: Pick<Told, 'kind'>): Text {
  return names[kind];
}

const names: Readonly<Record<Told['kind'], Text>> = {
  good: { en: 'a good one', es: 'bueno' },
  late: { en: 'fails twice, then works', es: 'falla dos veces y luego funciona' },
  stubborn: { en: 'would work at the fourth attempt', es: 'funcionaría al cuarto intento' },
  refused: { en: 'always refused', es: 'siempre rechazado' },
  unreadable: { en: 'unreadable', es: 'ilegible' },
};

function mostCalled(messages: readonly Told[]): Told | undefined {
  return [...messages].sort((a, b) => b.calls.length - a.calls.length)[0];
}

export const linesOf = ({ calls }: Told): number[] => calls.map(({ line }) => line);
