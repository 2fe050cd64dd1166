import { undecided, withinTolerance, type Finding, type Text } from '../../../src/kata/index.js';
import {
  answerMs,
  leastBusy,
  paceMs,
  refusesWithinMs,
  settlesWithinMs,
  type Limits,
  type Scene,
} from '../contract.js';
import {
  busyShare,
  isGood,
  isInTime,
  isRefused,
  percentile,
  quietOf,
  settled,
  shown,
  tookMs,
  wasCalled,
  type Request,
  type Story,
} from '../story.js';
import { fewAreBad, pausedBy, requestsOf, toldOf } from './chance.js';
import { unlessLabWasLate } from './lateness.js';

/** Of fewer answers nobody knows what is usual. */
const fewestQuiet = 5;

/** Twice the quiet p99 and a little: no single pause decides. Undefined where too little was quiet. */
function paceOf(story: Story, scene: Scene): number | undefined {
  const quiet = quietOf(story, scene).filter(isGood).map(tookMs);
  const p99 = percentile(quiet, 0.99);
  return p99 === undefined || quiet.length < fewestQuiet ? undefined : 2 * p99 + paceMs;
}

const inTrouble = (story: Story, scene: Scene): readonly Request[] =>
  story.of(scene).filter(({ part, sort }) => part === 'trouble' && sort === 'crowd');

export function healthyRouteKeepsItsPace(story: Story): Finding {
  const rule: Text = {
    en: 'While recommendations hang, checkouts are answered as ever: hardly any is slower than twice the quiet p99 and 50 ms.',
    es: 'Mientras las recomendaciones se cuelgan, los checkout se responden como siempre: casi ninguno tarda más del doble del p99 tranquilo y 50 ms.',
  };
  return pace('healthy-route-keeps-its-pace', rule, story, 'hang', () => true);
}

export function checkoutsKeepTheirPace(story: Story): Finding {
  const rule: Text = {
    en: 'Under overload the checkouts that are accepted are answered as ever.',
    es: 'Con sobrecarga, los checkout aceptados se responden como siempre.',
  };
  return pace('checkouts-keep-their-pace', rule, story, 'overload', (one) => !isRefused(one));
}

const noPace: Text = {
  en: `fewer than ${fewestQuiet} requests were answered before the trouble, so nobody knows what is usual`,
  es: `antes del problema se respondieron menos de ${fewestQuiet} peticiones, así que no se sabe qué es lo normal`,
};

function pace(
  invariant: string,
  rule: Text,
  story: Story,
  scene: Scene,
  counts: (request: Request) => boolean,
): Finding {
  const limitMs = paceOf(story, scene);
  if (limitMs === undefined) return undecided(invariant, rule, noPace);
  const requests = inTrouble(story, scene).filter((one) => one.route === 'checkout' && counts(one));
  return fewAreBad(invariant, rule, {
    what: { en: 'checkouts that were slower', es: 'checkout que tardaron más' },
    requests,
    isBad: (one) => !isGood(one) || tookMs(one) > limitMs,
    isDoubtful: pausedBy(story.pulses(scene), () => limitMs),
    witness: (bad, most) => ({
      en: `${bad.length} of ${requestsOf.en(requests.length)} for checkouts were not answered within ${shown(limitMs)} ms, such as ${toldOf(bad[0]).en}; chance allows ${most}.`,
      es: `${bad.length} de ${requestsOf.es(requests.length)} de checkout no se respondieron en ${shown(limitMs)} ms, como ${toldOf(bad[0]).es}; el azar permite ${most}.`,
    }),
  });
}

export function shedsRecommendationsFirst(story: Story): Finding {
  const rule: Text = {
    en: 'What is shed under overload is recommendations: workers enough are there for every checkout.',
    es: 'Lo que se descarta con sobrecarga son recomendaciones: para los checkout hay trabajadores de sobra.',
  };
  const requests = inTrouble(story, 'overload').filter(({ route }) => route === 'checkout');
  return fewAreBad('sheds-recommendations-first', rule, {
    what: { en: 'checkouts that were refused', es: 'checkout rechazados' },
    requests,
    isBad: isRefused,
    isDoubtful: pausedBy(story.pulses('overload'), () => 0),
    witness: (bad, most) => ({
      en: `${bad.length} of ${requestsOf.en(requests.length)} for checkouts were refused, such as ${toldOf(bad[0]).en}; chance allows ${most}.`,
      es: `${bad.length} de ${requestsOf.es(requests.length)} de checkout se rechazaron, como ${toldOf(bad[0]).es}; el azar permite ${most}.`,
    }),
  });
}

/** In the act's trouble; a client that hung up counts as long as it waited. */
export function answersInBoundedTime(story: Story): Finding {
  const rule: Text = {
    en: 'Whoever waits for a service that hangs hears of it as the time is over that they gave.',
    es: 'Quien espera a un servicio colgado se entera cuando se acaba el tiempo que dio.',
  };
  const waited = inTrouble(story, 'hang').filter(
    (one) => one.route === 'recommendations' && wasCalled(one),
  );
  const late = waited.map((one) => ({ one, ms: tookMs(one) - one.withinMs }));
  const middle = late.sort((a, b) => a.ms - b.ms)[Math.floor((late.length - 1) / 2)];
  const margin = {
    what: {
      en: 'half of the answers came so late',
      es: 'la mitad de las respuestas llegó tan tarde',
    },
    value: Math.max(0, middle?.ms ?? 0),
    limit: answerMs,
    unit: 'ms',
    resolution: story
      .pulses('hang')
      .meanWithin(story.began('hang', 'trouble'), story.began('hang', 'after')),
  };
  return withinTolerance(
    'answers-in-bounded-time',
    rule,
    margin,
    () => ({
      story: {
        en: `half of ${requestsOf.en(late.length)} for recommendations were answered ${shown(margin.value)} ms or more after their time was over, such as ${toldOf(middle?.one).en}, whose client had given ${middle?.one.withinMs} ms.`,
        es: `la mitad de ${requestsOf.es(late.length)} de recomendaciones se respondió ${shown(margin.value)} ms o más después de acabarse su tiempo, como ${toldOf(middle?.one).es}, cuyo cliente había dado ${middle?.one.withinMs} ms.`,
      },
      lines: middle ? [middle.one.line] : [],
    }),
    { onlyAdds: true },
  );
}

export function refusalsAreQuick(story: Story): Finding {
  const rule: Text = {
    en: 'Whoever is refused hears so at once.',
    es: 'A quien se rechaza se le dice al momento.',
  };
  const refused = story.all
    .filter((one) => isRefused(one) && !wasCalled(one))
    .sort((a, b) => tookMs(a) - tookMs(b));
  const middle = refused[Math.floor((refused.length - 1) / 2)];
  const noise = story.played
    .filter((scene) => refused.some((one) => one.scene === scene))
    .map((scene) =>
      story.pulses(scene).meanWithin(story.began(scene, 'trouble'), Number.POSITIVE_INFINITY),
    );
  const margin = {
    what: { en: 'half of the refusals', es: 'la mitad de los rechazos' },
    value: middle ? tookMs(middle) : 0,
    limit: refusesWithinMs,
    unit: 'ms',
    resolution: Math.max(0, ...noise),
  };
  return withinTolerance(
    'refusals-are-quick',
    rule,
    margin,
    () => ({
      story: {
        en: `of ${requestsOf.en(refused.length)} that were refused half waited ${shown(margin.value)} ms or longer for it, such as ${toldOf(middle).en}.`,
        es: `de ${requestsOf.es(refused.length)} que se rechazaron, la mitad lo esperó ${shown(margin.value)} ms o más, como ${toldOf(middle).es}.`,
      },
      lines: middle ? [middle.line] : [],
    }),
    { onlyAdds: true },
  );
}

/** Before the trouble, in every act that was played. */
export function quietDaysAreQuiet(story: Story): Finding {
  const rule: Text = {
    en: 'On a quiet day hardly anybody is refused or waits for long: what is asked is a good half of what can be done.',
    es: 'En un día tranquilo casi nadie se rechaza ni espera: se pide poco más de la mitad de lo que se puede hacer.',
  };
  const requests = story.played.flatMap((scene) => quietOf(story, scene));
  const pulses = new Map(story.played.map((scene) => [scene, story.pulses(scene)]));
  return fewAreBad('quiet-days-are-quiet', rule, {
    what: {
      en: 'quiet requests without a good answer',
      es: 'peticiones tranquilas sin buena respuesta',
    },
    requests,
    isBad: (one) => !isInTime(one),
    isDoubtful: (one) => {
      const own = one.scene === 'warm-up' ? undefined : pulses.get(one.scene);
      return own !== undefined && pausedBy(own, ({ withinMs }) => withinMs)(one);
    },
    witness: (bad, most) => ({
      en: `${bad.length} of ${requestsOf.en(requests.length)} before any trouble got no good answer in time, such as ${toldOf(bad[0]).en}; chance allows ${most}.`,
      es: `${bad.length} de ${requestsOf.es(requests.length)} antes de cualquier problema se quedaron sin buena respuesta a tiempo, como ${toldOf(bad[0]).es}; el azar permite ${most}.`,
    }),
  });
}

/** @param some of which it is asked */
export function recovers(story: Story, some: readonly Exclude<Scene, 'flood'>[]): Finding {
  const rule: Text = {
    en: 'Once the trouble is over, all is soon as before: hardly any request is without a good answer in time.',
    es: 'Cuando el problema acaba, pronto todo es como antes: casi ninguna petición queda sin buena respuesta a tiempo.',
  };
  const findings = some
    .filter((scene) => story.played.includes(scene))
    .map((scene) => unlessLabWasLate(story, [scene], recoversFrom(story, scene, rule)));
  return (
    findings.find(({ holds }) => holds === false) ??
    findings.find(({ holds }) => holds === null) ??
    findings[0] ?? { invariant: 'recovers', rule, holds: true }
  );
}

function recoversFrom(story: Story, scene: Exclude<Scene, 'flood'>, rule: Text): Finding {
  const requests = settled(story, scene);
  const ms = settlesWithinMs[scene];
  return fewAreBad('recovers', rule, {
    what: {
      en: `${scene}: requests without a good answer`,
      es: `${scene}: peticiones sin buena respuesta`,
    },
    requests,
    isBad: (one) => !isInTime(one),
    isDoubtful: pausedBy(story.pulses(scene), ({ withinMs }) => withinMs),
    witness: (bad, most) => ({
      en: `${bad.length} of ${requestsOf.en(requests.length)} that were sent ${ms} ms or more after the ${scene} was over got no good answer in time, such as ${toldOf(bad.at(-1)).en}; chance allows ${most}.`,
      es: `${bad.length} de ${requestsOf.es(requests.length)} enviadas ${ms} ms o más después de acabar (${scene}) se quedaron sin buena respuesta a tiempo, como ${toldOf(bad.at(-1)).es}; el azar permite ${most}.`,
    }),
  });
}

export function dependencyIsNotIdle(story: Story, { workers, workMs }: Limits): Finding {
  const rule: Text = {
    en: 'Under overload the services are not idle: at least half of the workers’ time is worked.',
    es: 'Con sobrecarga los servicios no están ociosos: se trabaja al menos la mitad del tiempo de los trabajadores.',
  };
  const [from, until] = [
    story.began('overload', 'trouble') + 100_000,
    story.began('overload', 'after'),
  ];
  const idle = 1 - busyShare(story, 'overload', { from, until, workers });
  const refused = inTrouble(story, 'overload').filter(isRefused);
  const { round } = Math;
  const margin = {
    what: { en: 'idle time of the workers', es: 'tiempo ocioso de los trabajadores' },
    value: round(100 * idle),
    limit: round(100 * (1 - leastBusy)),
    unit: '%',
    // Late answers and late calls leave a worker without work between two of them: more, and never less.
    ...(idle > 1 - leastBusy && {
      resolution: round((100 * story.pulses('overload').meanWithin(from, until)) / workMs),
    }),
  };
  return withinTolerance('dependency-is-not-idle', rule, margin, () => ({
    story: {
      en: `the workers were idle for ${margin.value} % of the overload, while ${requestsOf.en(refused.length)} were refused, such as ${toldOf(refused[0]).en}.`,
      es: `los trabajadores estuvieron ociosos el ${margin.value} % de la sobrecarga, mientras se rechazaban ${requestsOf.es(refused.length)}, como ${toldOf(refused[0]).es}.`,
    },
    lines: refused.slice(0, 1).map(({ line }) => line),
  }));
}
