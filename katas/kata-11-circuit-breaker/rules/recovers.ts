import { undecided, withinTolerance, type Finding, type Text } from '../../../src/kata/index.js';
import { recoversWithinMs, type Limits } from '../contract.js';
import { lastOfOutage, shown, tookMs, wasAsked, type Request, type Story } from '../story.js';

export function recovers(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Once the dependency is well again, all get live answers after a time-out and the open time.',
    es: 'Cuando la dependencia vuelve a estar bien, todos reciben respuestas live tras un tiempo límite y el tiempo abierto.',
  };
  const recovered = story.phase('outage', 'recovered');
  const { ms, request } = lastOfOutage(story);
  const limit = recoversWithinMs(limits);
  const doubtful = story
    .of('outage')
    .find((one) => recovered && one.start >= recovered.from && seemedToFail(one, limits));
  if (ms > limit && doubtful)
    return undecided('recovers', rule, {
      en: `${doubtful.id} took ${shown(tookMs(doubtful))} ms with all that this machine did, and may have counted as failed`,
      es: `${doubtful.id} tardó ${shown(tookMs(doubtful))} ms con todo lo que hizo esta máquina, y puede haber contado como fallida`,
    });
  const margin = {
    what: { en: 'until all was live again', es: 'hasta que todo volvió a ser live' },
    value: ms,
    limit,
    unit: 'ms',
    resolution: recovered ? story.pulses('outage').worst(recovered.from, recovered.until) : 0,
  };
  return withinTolerance('recovers', rule, margin, () => ({
    story: {
      en: `${shown(ms)} ms after the dependency had recovered, ${request?.id} was answered ${request?.answer?.status ?? 'nothing'}${request?.calls.length ? '' : ' without a call'}; ${limit} ms are allowed.`,
      es: `${shown(ms)} ms después de recuperarse la dependencia, ${request?.id} recibió ${request?.answer?.status ?? 'nada'}${request?.calls.length ? '' : ' sin llamada'}; se permiten ${limit} ms.`,
    },
    lines: request ? [request.line] : [],
  }));
}

/** Of a call that went well at the dependency: no more was seen of it than the client saw. */
const seemedToFail = (one: Request, { slowMs }: Limits): boolean =>
  wasAsked(one) && (tookMs(one) >= slowMs || one.answer?.status !== 200);
