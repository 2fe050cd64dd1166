import { lineOf, type Step, type Text } from '../../../src/kata/index.js';
import type { Story, Tale } from '../story.js';

/** Where to read of an order: how it was placed, what became of it, the end. */
export function linesOf(tale: Tale, { finalLine }: Pick<Story, 'finalLine'>): number[] {
  const [placed] = tale.placed;
  const messages = tale.messages.map(({ line }) => line).slice(0, 12);
  return [...(placed ? [lineOf(placed)] : []), ...messages, finalLine];
}

/** What the services did with an order, and what befell them, as the lab saw it. */
export function pathOf(tale: Tale): Text {
  const told = upToTheEnd(tale.steps).map(wordsOf);
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
export function crashOf({ crash }: Tale): Text {
  if (!crash?.met) return { en: '', es: '' };
  const [en, es] = points[crash.point];
  return {
    en: ` ${crash.role} was killed ${en} (line ${crash.line}).`,
    es: ` ${crash.role} murió ${es} (línea ${crash.line}).`,
  };
}

const points = {
  effect: ['as it committed', 'al confirmar su transacción'],
  publish: ['as it published', 'al publicar'],
  confirm: ['before it knew that the broker had it', 'antes de saber que el broker lo tenía'],
  ack: ['before its acknowledgement arrived', 'antes de que llegara su ack'],
  end: ['as it ended the order', 'al terminar el pedido'],
  refund: ['as it gave the money back', 'al devolver el dinero'],
  'given-up': ['as soon as it had given the order up', 'en cuanto abandonó el pedido'],
  release: ['as it put the stock back', 'al reponer las existencias'],
} as const;

/** Those at a point that the experiment made tell most. */
export function tellingMost(tales: readonly Tale[]): Tale | undefined {
  return tales.find(({ crash }) => crash?.met) ?? tales[0];
}
