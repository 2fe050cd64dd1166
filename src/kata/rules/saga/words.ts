import type { Text } from '../../../i18n/text.js';
import type { Step } from '../../sequence/index.js';
import type { SagaStory, SagaTale } from './tale.js';

/** Where to read of an order: how it was placed, what became of it, the end. */
export function linesOf(
  { placedOn, messages }: Pick<SagaTale, 'placedOn' | 'messages'>,
  { finalLine }: Pick<SagaStory, 'finalLine'>,
): number[] {
  const told = messages.map(({ line }) => line).slice(0, 12);
  return [...placedOn.slice(0, 1), ...told, finalLine];
}

/** What the services did with an order, and what befell them, as the lab saw it. */
export function pathOf({ steps }: Pick<SagaTale, 'steps'>): Text {
  const told = upToTheEnd(steps).map(wordsOf);
  if (told.length === 0) return { en: 'no message told of it', es: 'ningún mensaje habló de él' };
  const left = told.length > mostSteps ? ', …' : '';
  const first = told.slice(0, mostSteps);
  return {
    en: `in order: ${first.map(({ en }) => en).join(', ')}${left}`,
    es: `por orden: ${first.map(({ es }) => es).join(', ')}${left}`,
  };
}
/** A witness with more is read by nobody; `plan sequence` has them all. */
const mostSteps = 16;
const ends = ['killed', 'died', 'partition'];

/** What the services did, and whoever was killed next: what befalls them later has no part in it. */
function upToTheEnd(steps: readonly Step[]): readonly Step[] {
  const own = steps.filter((step) => !isOfClient(step));
  const last = own.findLastIndex(({ kind }) => kind !== 'suffers');
  const next = own[last + 1];
  return own.slice(0, next && ends.includes(next.what) ? last + 2 : last + 1);
}

const isOfClient = (step: Step): boolean =>
  'from' in step && step.kind !== 'tells' && [step.from, ...step.to].includes('client');

function wordsOf(step: Step): Text {
  const { what, line } = step;
  const [en, es] = [` (line ${line})`, ` (línea ${line})`];
  if ('role' in step) {
    const { role } = step;
    const [verb, verbo] =
      step.kind === 'does' ? [`wrote ${what}`, `escribió ${what}`] : fates(what);
    return { en: `${role} ${verb}${en}`, es: `${role} ${verbo}${es}` };
  }
  const { from } = step;
  const to = step.to.join(', ');
  if (step.kind === 'asks')
    return { en: `${from} asked ${to}: ${what}${en}`, es: `${from} pidió a ${to}: ${what}${es}` };
  if (step.kind === 'answers')
    return { en: `${from} answered ${what}${en}`, es: `${from} respondió ${what}${es}` };
  return { en: `${from} told ${what}${en}`, es: `${from} contó ${what}${es}` };
}

function fates(what: string): [string, string] {
  if (what === 'killed') return ['was killed', 'murió de kill -9'];
  if (what === 'died') return ['died', 'murió'];
  if (what === 'started') return ['was started again', 'volvió a arrancar'];
  if (what === 'partition') return ['was cut off', 'quedó aislado'];
  if (what === 'healed' || what === 'stopped') return ['was reached again', 'volvió a estar'];
  return [`had ${what}`, `sufrió ${what}`];
}

/** At which point a service was killed with this order in hand. */
export function crashOf({ crash }: Pick<SagaTale, 'crash'>): Text {
  if (!crash) return { en: '', es: '' };
  const { role, where, line } = crash;
  return {
    en: ` ${role} was killed ${where.en} (line ${line}).`,
    es: ` ${role} murió ${where.es} (línea ${line}).`,
  };
}

/** Those at a point that the experiment made tell most. */
export function tellingMost<T extends Pick<SagaTale, 'crash'>>(tales: readonly T[]): T | undefined {
  return tales.find(({ crash }) => crash) ?? tales[0];
}
