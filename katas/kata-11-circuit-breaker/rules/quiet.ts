import {
  counted,
  finding,
  undecided,
  withinTolerance,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { healthyScene, lowVolume, type Limits } from '../contract.js';
import { limitsIn } from '../notes.js';
import { middleOf } from './answers.js';
import { worstShare } from './share.js';
import { isLive, isSpared, shown, tookMs, type Request, type Story } from '../story.js';

export function healthyIsLetThrough(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Nobody is rejected while fewer calls fail than the threshold says.',
    es: 'No se rechaza a nadie mientras fallen menos llamadas de lo que dice el umbral.',
  };
  const planned = (one: Request): boolean => one.calls.some(({ status }) => status === 503);
  const name = 'healthy-is-let-through';
  const requests = story.of('healthy');
  const found = letsThrough(
    name,
    rule,
    requests,
    (one) => planned(one) || ((isLive(one) || one.isShared) && isQuick(one, limits)),
  );
  if (found.holds !== false) return found;
  const spared = requests.find(isSpared)?.end ?? 0;
  const share = worstShare(
    requests.filter(({ start }) => start < spared),
    healthyScene,
  );
  if (share < healthyScene.failPercent) return found;
  return undecided(name, rule, {
    en: `this machine kept good answers back: up to ${Math.round(share)} of a hundred calls of a window may have failed`,
    es: `esta máquina retuvo respuestas buenas: puede que fallaran hasta ${Math.round(share)} de cada cien llamadas de una ventana`,
  });
}

export function clientErrorsOpenNothing(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Mistakes of the clients (404) open nothing: the dependency is well.',
    es: 'Los errores de los clientes (404) no abren nada: la dependencia está bien.',
  };
  const requests = story.of('client-errors');
  return letsThrough(
    'client-errors-open-nothing',
    rule,
    requests,
    (one) => one.answer?.status === 404 && isQuick(one, limits),
  );
}

export function neighboursAreApart(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'A dependency that is down closes the way to no other one.',
    es: 'Una dependencia que no responde no cierra el paso a ninguna otra.',
  };
  const name = 'neighbours-are-apart';
  const planned = (one: Request): boolean => isLive(one) && isQuick(one, limits);
  const open = letsThrough(name, rule, story.of('neighbours', 'rates'), planned);
  if (open.holds !== true) return open;
  const hangs = letsThrough(name, rule, story.of('neighbour-stuck', 'rates'), planned);
  if (hangs.holds !== true) return hangs;
  const quick = waitsForNoOther(name, rule, story, limits);
  return quick.holds === true ? open : quick;
}

/** To the program, from there to the dependency, and back: each may be as late as a pulse. */
const ways = 3;

/** While one dependency hangs, half of those who want something of the other are answered before a call is slow. */
function waitsForNoOther(name: string, rule: Text, story: Story, { slowMs }: Limits): Finding {
  const beside = story.of('neighbour-stuck', 'rates');
  const middle = middleOf(beside, tookMs);
  const [first, last] = [beside[0], beside.at(-1)];
  const margin = {
    what: { en: 'half of the answers beside', es: 'la mitad de las respuestas al lado' },
    value: middle ? Math.min(10_000, tookMs(middle)) : 0,
    limit: slowMs,
    unit: 'ms',
    resolution:
      first && last
        ? ways * story.pulses('neighbour-stuck').meanWithin(first.start, last.start)
        : 0,
  };
  return withinTolerance(
    name,
    rule,
    margin,
    () => ({
      story: {
        en: `${story.of('neighbour-stuck').length} requests came for a dependency that hung; meanwhile half of the ${beside.length} for the other, which was well, took ${shown(margin.value)} ms or longer, such as ${middle?.id}.`,
        es: `llegaron ${story.of('neighbour-stuck').length} peticiones a una dependencia atascada; entretanto la mitad de las ${beside.length} a la otra, que estaba bien, tardó ${shown(margin.value)} ms o más, como ${middle?.id}.`,
      },
      lines: middle ? [...middle.calls.map(({ line }) => line), middle.line] : [],
    }),
    { onlyAdds: true },
  );
}

/** Below the least number of calls a window says nothing, though all of them fail. */
export function fewCallsOpenNothing(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'With fewer calls in the window than it takes, nobody is rejected, though all of them fail.',
    es: 'Con menos llamadas en la ventana de las que hacen falta no se rechaza a nadie, aunque fallen todas.',
  };
  const name = 'few-calls-open-nothing';
  const { minCalls } = lowVolume(limits);
  const requests = story.of('low-volume');
  const spared = requests.find(isSpared);
  if (!spared) return finding(name, rule, undefined);
  const most = mostInAWindow(
    requests.filter(({ start }) => start < spared.end),
    limits,
  );
  if (most >= minCalls)
    return undecided(name, rule, {
      en: `this machine bunched the calls together, ${most} in a window or nearly so`,
      es: `esta máquina juntó las llamadas, ${most} en una ventana o poco más`,
    });
  return finding(name, rule, {
    story: {
      en: `${spared.id} was rejected; no window had had more than ${counted.en(most, 'call', 'calls')} by then, and it takes ${minCalls}.`,
      es: `${spared.id} se rechazó; hasta entonces ninguna ventana había tenido más de ${counted.es(most, 'llamada', 'llamadas')}, y hacen falta ${minCalls}.`,
    },
    lines: [spared.line],
  });
}

/** Windows may be counted in buckets, and so be a little longer. */
const bucketed = 1.3;

/** The most calls whose end the program may have noticed within one window. */
function mostInAWindow(requests: readonly Request[], { windowMs }: Limits): number {
  const noticed = requests.flatMap(({ calls, end }) =>
    calls.map((call) => ({ from: Math.min(call.end, end), until: end })),
  );
  return noticed.reduce((most, { from }) => {
    const until = from + bucketed * windowMs * 1000;
    return Math.max(most, noticed.filter((one) => one.until >= from && one.from <= until).length);
  }, 0);
}

/** The program saw no more of a call than its client did of the request. */
const isQuick = (request: Request, limits: Limits): boolean =>
  tookMs(request) < limitsIn(request.scene, limits).slowMs;

/** @param asPlanned what neither failed, nor may have seemed to, but for what the experiment meant to */
function letsThrough(
  invariant: string,
  rule: Text,
  requests: readonly Request[],
  asPlanned: (request: Request) => boolean,
): Finding {
  const spared = requests.find(isSpared);
  if (!spared) return finding(invariant, rule, undefined);
  const before = requests.filter((one) => one.start < spared.end && !isSpared(one));
  const doubtful = before.find((one) => !asPlanned(one));
  if (doubtful)
    return undecided(invariant, rule, {
      en: `${doubtful.id} took ${shown(tookMs(doubtful))} ms with all that this machine did, and may have counted as failed`,
      es: `${doubtful.id} tardó ${shown(tookMs(doubtful))} ms con todo lo que hizo esta máquina, y puede haber contado como fallida`,
    });
  const failed = before.filter(({ calls }) => calls.some(({ status }) => status === 503)).length;
  return finding(invariant, rule, {
    story: {
      en: `${spared.id} was rejected; of the ${before.length} requests before it ${failed} had failed at the dependency, and none was slow.`,
      es: `${spared.id} se rechazó; de las ${before.length} peticiones anteriores ${failed} habían fallado en la dependencia, y ninguna fue lenta.`,
    },
    lines: [spared.line],
  });
}
