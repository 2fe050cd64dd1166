import { counted, finding, undecided, type Finding, type Text } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import { shown, wasAsked, type Request, type Story } from '../story.js';

/** Told to end, a program finishes what is under way: its calls, too. */
export function brokenOff(rule: Text, story: Story): Finding | undefined {
  const isGone = ({ calls }: Request): boolean => calls.every(({ status }) => status === 'gone');
  const broken = story
    .of('client-errors', 'rates')
    .find((one) => wasAsked(one) && isGone(one) && one.answer !== undefined);
  return (
    broken &&
    finding('quotes-are-true', rule, {
      story: {
        en: `${broken.id} was answered ${broken.answer?.status}, and its call had been broken off before the dependency answered: the program had been told to end, and to finish what was under way.`,
        es: `${broken.id} recibió ${broken.answer?.status}, y su llamada se había cortado antes de que la dependencia respondiera: al programa se le había dicho que terminara, y que acabara lo que estaba en curso.`,
      },
      lines: [...broken.calls.map(({ line }) => line), broken.line],
    })
  );
}

/** Of few nobody can tell whether they got lost on a busy machine. */
const lostShare = 0.5;

/** A time-out is one of a call: who waited for a place first had none, or a shorter one. */
export function neverMade(rule: Text, story: Story, { timeoutMs }: Limits): Finding | undefined {
  const late = story.of('neighbour-stuck').filter(({ answer }) => answer?.status === 504);
  const without = late.filter((one) => callsTookMs(one) < timeoutMs / 2);
  const [first] = without;
  if (!first || without.length <= lostShare * late.length) return undefined;
  const pulses = story.pulses('neighbour-stuck');
  if (!Number.isFinite(pulses.meanWithin(first.start, first.end)))
    return undecided('quotes-are-true', rule, {
      en: "calls may have got lost: none of the lab's own pulses came through then",
      es: 'puede que se perdieran llamadas: entonces no llegó ningún pulso del propio laboratorio',
    });
  const noise = pulses.worst(first.start, Math.max(...without.map(({ end }) => end)));
  if (noise > timeoutMs / 4)
    return undecided('quotes-are-true', rule, {
      en: `calls may have got lost: the lab's own pulses were up to ${shown(noise)} ms late`,
      es: `puede que se perdieran llamadas: los pulsos del propio laboratorio se retrasaron hasta ${shown(noise)} ms`,
    });
  return finding('quotes-are-true', rule, {
    story: {
      en: `${counted.en(late.length, 'client was', 'clients were')} answered 504, as of a call that took ${timeoutMs} ms, and for ${without.length} of them no call was made, or one that lasted for less than half of that, such as for ${first.id}.`,
      es: `${counted.es(late.length, 'cliente recibió', 'clientes recibieron')} 504, como por una llamada de ${timeoutMs} ms, y por ${without.length} de ellos no se hizo ninguna, o una que duró menos de la mitad, como por ${first.id}.`,
    },
    lines: [...first.calls.map(({ line }) => line), first.line],
  });
}

const callsTookMs = ({ calls }: Request): number =>
  calls.reduce((sum, { at, end }) => sum + (end - at) / 1000, 0);
