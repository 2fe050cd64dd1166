import { undecided, withinTolerance, type Finding, type Text } from '../../../src/kata/index.js';
import { recoversWithinMs, shortOpenMs, type Limits } from '../contract.js';
import { limitsIn, type Scene } from '../notes.js';
import {
  isLive,
  lastOfOutage,
  shown,
  tookMs,
  wasAsked,
  type Request,
  type Story,
} from '../story.js';

export function recovers(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Once the dependency is well again, all get live answers after a time-out and the open time.',
    es: 'Cuando la dependencia vuelve a estar bien, todos reciben respuestas live tras un tiempo límite y el tiempo abierto.',
  };
  const outage = recoversIn(rule, story, limits, outageOf(story, limits));
  if (outage.holds !== true) return outage;
  const left = leftOf(story, limits);
  const alone = left && recoversIn(rule, story, limits, left);
  return alone && alone.holds !== true ? alone : outage;
}

/** From when on it has to recover, and whom it did not answer last. */
interface Recovering {
  readonly scene: Scene;
  readonly after: Text;
  readonly from: number;
  readonly until: number;
  readonly ms: number;
  readonly request: Request | undefined;
  readonly limit: number;
}

function outageOf(story: Story, limits: Limits): Recovering {
  const recovered = story.phase('outage', 'recovered');
  return {
    ...{ scene: 'outage', from: recovered?.from ?? 0, until: recovered?.until ?? 0 },
    ...lastOfOutage(story),
    limit: recoversWithinMs(limits),
    after: {
      en: 'after the dependency had recovered',
      es: 'después de recuperarse la dependencia',
    },
  };
}

/** A probe whose client has hung up keeps no place. */
function leftOf(story: Story, limits: Limits): Recovering | undefined {
  const left = hungUp(story);
  if (left.length === 0) return undefined;
  const from = Math.max(...left.map(({ end }) => end));
  const after = story.of('hung-up').filter(({ start }) => start > from);
  const request = after.findLast((one) => !isLive(one));
  return {
    ...{ scene: 'hung-up', from, until: Math.max(from, ...after.map(({ start }) => start)) },
    ...{ request, ms: request ? (request.start - from) / 1000 : 0 },
    limit: recoversWithinMs({ ...limits, openMs: shortOpenMs }),
    after: {
      en: `after the clients of ${left.length} probes had hung up`,
      es: `después de colgar los clientes de ${left.length} pruebas`,
    },
  };
}

/** Clients that were gone before the call that was made for them had an end. */
export const hungUp = (story: Story): Request[] =>
  story.of('hung-up').filter(({ answer, calls }) => answer === undefined && calls.length > 0);

function recoversIn(
  rule: Text,
  story: Story,
  limits: Limits,
  { scene, after, from, until, ms, request, limit }: Recovering,
): Finding {
  const doubtful = story
    .of(scene)
    .find((one) => one.start >= from && until > from && seemedToFail(one, limits));
  if (ms > limit && doubtful)
    return undecided('recovers', rule, {
      en: `${doubtful.id} took ${shown(tookMs(doubtful))} ms with all that this machine did, and may have counted as failed`,
      es: `${doubtful.id} tardó ${shown(tookMs(doubtful))} ms con todo lo que hizo esta máquina, y puede haber contado como fallida`,
    });
  const margin = {
    what: { en: 'until all was live again', es: 'hasta que todo volvió a ser live' },
    ...{ value: ms, limit, unit: 'ms' },
    resolution: until > from ? story.pulses(scene).worst(from, until) : 0,
  };
  return withinTolerance('recovers', rule, margin, () => ({
    story: {
      en: `${shown(ms)} ms ${after.en}, ${request?.id} was answered ${request?.answer?.status ?? 'nothing'}${request?.calls.length ? '' : ' without a call'}; ${limit} ms are allowed.`,
      es: `${shown(ms)} ms ${after.es}, ${request?.id} recibió ${request?.answer?.status ?? 'nada'}${request?.calls.length ? '' : ' sin llamada'}; se permiten ${limit} ms.`,
    },
    lines: request ? [request.line] : [],
  }));
}

/** Of a call that went well at the dependency: no more was seen of it than the client saw. */
const seemedToFail = (one: Request, limits: Limits): boolean =>
  wasAsked(one) &&
  (tookMs(one) >= limitsIn(one.scene, limits).slowMs || one.answer?.status !== 200);
