import { counted } from '../../i18n/words.js';
import type { Text } from '../../i18n/text.js';
import { violated, type Coverage, type Finding } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';
import type { BlockedNote, SessionsAtHang, StarvedAtHang } from '../../kata/waits.js';

const rule: Text = {
  en: 'Once every request is answered, no transaction of the program stays open.',
  es: 'Cuando todas las peticiones están respondidas, ninguna transacción del programa sigue abierta.',
};

/**
 * A lock of the program's that kept the lab waiting is a proof where it is sure that nobody needed
 * it any more: no request was under way, there is no other work, and only the program's sessions
 * were in the way all the while.
 */
export function givesUpItsLocks(history: History): Finding[] {
  const blocked = history.notes<BlockedNote>('lab-blocked').find((note) => isSure(history, note));
  if (!blocked) return [];
  const { by, statement, waitedMs } = blocked.value;
  const seconds = (waitedMs / 1000).toFixed(1);
  const who = by.map(({ pid, state }) => `${pid} (${state})`).join(', ');
  return [
    violated(
      'gives-up-its-locks',
      rule,
      {
        en: `no request was under way, and yet for ${seconds} s a statement of the lab's had to wait for sessions of the program, ${who}, on history line ${blocked.line}: ${statement}`,
        es: `no había ninguna petición en curso y, aun así, una sentencia del laboratorio esperó ${seconds} s a sesiones del programa, ${who}, en la línea ${blocked.line} del historial: ${statement}`,
      },
      [blocked.line],
    ),
  ];
}

function isSure(history: History, { value, at }: { value: BlockedNote; at: number }): boolean {
  const { by, byLab, waitedMs } = value;
  if (byLab || by.length === 0) return false;
  const held = by.every(
    ({ state, waitsFor }) => state.startsWith('idle in transaction') || waitsFor.length > 0,
  );
  const operations = history.operations();
  // What a worker has in hand is in no request.
  const hasOtherWork = operations.some(({ f }) => f === 'publish');
  const since = at - waitedMs * 1000;
  const asked = operations.some(({ start, end }) => start <= at && end >= since);
  return held && !hasOtherWork && !asked;
}

/** Otherwise it says only that the experiment could not go on. */
export function labWasBlocked(history: History): Coverage[] {
  const [blocked] = history.notes<BlockedNote>('lab-blocked');
  if (!blocked) return [];
  const seconds = (blocked.value.waitedMs / 1000).toFixed(1);
  return [
    {
      condition: 'lab-not-blocked',
      met: false,
      story: {
        en: `a statement of the lab's got no answer from the database within ${seconds} s (history line ${blocked.line})`,
        es: `una sentencia del laboratorio no obtuvo respuesta de la base de datos en ${seconds} s (línea ${blocked.line} del historial)`,
      },
    },
  ];
}

/** Of the time in which a request hung: who had no processor for so much of it proves nothing. */
const starvedShare = 0.5;

/** @returns what kept the program from answering, where that was this machine; one that hangs has nothing to do */
export function starvedAtHang(history: History): Text | undefined {
  const [note] = history.notes<StarvedAtHang>('starved-at-hang');
  if (!note) return undefined;
  const { ofMs, starvedMs } = note.value;
  if (starvedMs < starvedShare * ofMs) return undefined;
  const [starved, of] = [starvedMs, ofMs].map((ms) => (ms / 1000).toFixed(1));
  return {
    en: `a request got no answer within ${of} s, and for ${starved} s of them the program was ready to go on while the processors of this machine had other work: end what else runs, and run it again`,
    es: `una petición no tuvo respuesta en ${of} s, y durante ${starved} s el programa podía seguir mientras los procesadores de esta máquina hacían otra cosa: termina lo que corra además y vuelve a ejecutarlo`,
  };
}

/** What the program's sessions did when a request had hung; empty where nobody looked. */
export function atHang(history: History): Text {
  const [note] = history.notes<SessionsAtHang>('sessions-at-hang');
  if (!note) return { en: '', es: '' };
  const { sessions } = note.value;
  const waiting = sessions.filter(({ waitsFor }) => waitsFor.length > 0).length;
  const idle = sessions.filter(({ state }) => state.startsWith('idle in transaction')).length;
  const counts: Text = {
    en: ` Of its ${counted.en(sessions.length, 'session', 'sessions')} in the database ${idle} sat idle in an open transaction, and ${waiting} waited for a lock.`,
    es: ` De sus ${counted.es(sessions.length, 'sesión', 'sesiones')} en la base de datos, ${idle} estaban paradas con una transacción abierta y ${waiting} esperaban un lock.`,
  };
  if (idle === 0) return counts;
  return {
    en: `${counts.en} What these transactions wait for is inside the program: does each need a second connection of its pool?`,
    es: `${counts.es} Lo que esperan esas transacciones está dentro del programa: ¿necesita cada una otra conexión de su pool?`,
  };
}
