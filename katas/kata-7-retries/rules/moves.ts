import { agreeing, finding, type Finding, type Text } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import type { Story, Told } from '../story.js';

/** With jitter, chance may use up the attempts of one within moments; not of so many. */
const givenUp = 4;

/** Order alone, no clock: who stands behind messages that wait must not wait for them. */
export function othersMoveOn(story: Story, { attempts }: Limits): Finding {
  const rule: Text = {
    en: `While messages wait, others move on: what stood behind them is done before ${givenUp} of them are given up.`,
    es: `Mientras unos mensajes esperan, los demás avanzan: lo que estaba detrás queda hecho antes de abandonar ${givenUp} de ellos.`,
  };
  const last = story.charges.filter(
    ({ id, attempt }) => attempt === attempts && id.startsWith('hopeless-'),
  )[givenUp - 1];
  if (!last) return finding('others-move-on', rule, undefined);
  const held = story.of('good').filter(({ success }) => (success?.line ?? Infinity) > last.line);
  const [one] = held;
  if (!one) return finding('others-move-on', rule, undefined);
  const came: Text = one.success
    ? {
        en: `came only on line ${one.success.line}`,
        es: `no llegó hasta la línea ${one.success.line}`,
      }
    : { en: 'never came', es: 'no llegó nunca' };
  return finding('others-move-on', rule, {
    story: {
      en: `${one.id} was published right behind the messages that always fail (history line ${one.published.invokedOn}) and ${came.en}, when ${last.id}, the ${givenUp}th of them, had had all of its ${attempts} attempts (line ${last.line}): whoever waited held the hands of the worker. So it was with ${held.length} of ${story.of('good').length}.`,
      es: `${one.id} se publicó justo detrás de los mensajes que fallan siempre (línea ${one.published.invokedOn} del historial) y ${came.es}, cuando ${last.id}, el ${givenUp}.º de ellos, ya había agotado sus ${attempts} intentos (línea ${last.line}): los que esperaban tenían ocupado al worker. Así pasó con ${held.length} de ${story.of('good').length}.`,
    },
    lines: [one.published.invokedOn, last.line, ...(one.success ? [one.success.line] : [])],
  });
}

/** Those whose first attempt came while the dependency was down. */
export const metTheOutage = (story: Story): Told[] =>
  story.of('outage').filter(({ charges }) => charges[0]?.status === 503);

/** Attempts that are used up within moments are of no use against an outage. */
export function outageSurvived(story: Story, { attempts }: Limits): Finding {
  const rule: Text = {
    en: 'A short outage of the dependency is no reason to give up: nine in ten of its messages are done in the end.',
    es: 'Una indisponibilidad breve de la dependencia no es motivo para abandonar: nueve de cada diez mensajes acaban hechos.',
  };
  const met = metTheOutage(story);
  const lost = met.filter(
    ({ success, charges }) => success === undefined && charges.length >= attempts,
  );
  const [one] = lost;
  const { outage } = story;
  if (!one || !outage || lost.length <= Math.max(2, met.length / 10))
    return finding('outage-survived', rule, undefined);
  const used = usedUp(one);
  const down = Math.round((outage.until - outage.from) / 1000);
  return finding('outage-survived', rule, {
    story: {
      en: `the dependency was down for ${down} ms; ${one.id} used up its ${one.charges.length} attempts in ${used.ms} ms of them (history lines ${used.lines.join(' to ')}) and was given up. So ${agreeing.en(lost.length, 'was', 'were')} ${lost.length} of the ${met.length} messages that met the outage.`,
      es: `la dependencia no estuvo durante ${down} ms; ${one.id} gastó sus ${one.charges.length} intentos en ${used.ms} ms de ellos (líneas ${used.lines.join(' a ')} del historial) y se abandonó. Lo mismo les pasó a ${lost.length} de los ${met.length} mensajes que la encontraron caída.`,
    },
    lines: used.lines,
  });
}

function usedUp({ charges }: Told): { readonly ms: number; readonly lines: number[] } {
  const ends = [charges[0], charges.at(-1)].flatMap((charge) => charge ?? []);
  const [from = 0, to = 0] = ends.map(({ at }) => at);
  return { ms: Math.round((to - from) / 1000), lines: ends.map(({ line }) => line) };
}
