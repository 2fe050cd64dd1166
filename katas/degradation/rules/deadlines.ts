import {
  finding,
  grouped,
  undecided,
  withinTolerance,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import { leastToldMs, scenes } from '../contract.js';
import { shown, type Call, type Request, type Story } from '../story.js';
import { mostByChance, requestsOf, toldOf } from './chance.js';
import { unlessLabWasLate } from './lateness.js';

/** Timers are coarse, and what is handed on is whole milliseconds. */
const looseMs = 10;
/** From the client to the gateway, and from there to the service: that time nobody counts. */
const wayMs = 100;
/** Either may have been as late as the latest pulse. */
const twoWays = 2;
const busyMs = 20;
/** A call may have been on its way for long, which no pulse has seen. */
const mostLate = 2;

interface Made {
  readonly request: Request;
  readonly call: Call;
}

/** A call says how long its client still waits, in milliseconds, and no moment. */
export function deadlineIsHandedOn(story: Story): Finding {
  const name = 'deadline-is-handed-on';
  const rule: Text = {
    en: 'Every call says how much of its client’s time is left: never more, and not much less.',
    es: 'Cada llamada dice cuánto le queda del tiempo de su cliente: nunca más, y no mucho menos.',
  };
  const wrong = everyCall(story).find(({ call, request }) => !isPartOf(call, request));
  if (!wrong) {
    const some = handsOnWhatIsLeft(story, name, rule);
    const found = some.holds === false ? some : (halfSayMore(story, name, rule) ?? some);
    return unlessLabWasLate(story, scenes, found);
  }
  const { call, request } = wrong;
  const said = call.deadline === null ? undefined : call.deadline.slice(0, 30);
  return finding(name, rule, {
    story: {
      en: `the call for ${request.id} said ${said === undefined ? 'nothing of its time' : `“${said}”`}; its client had given ${request.withinMs} ms.`,
      es: `la llamada por ${request.id} ${said === undefined ? 'no dijo nada de su tiempo' : `dijo «${said}»`}; su cliente había dado ${request.withinMs} ms.`,
    },
    lines: [call.line, request.line],
  });
}

function isPartOf(call: Call, request: Request): boolean {
  const said = call.deadline?.trim() ?? '';
  const left = -afterMs({ call, request });
  return (
    /^\d{1,9}$/.test(said) && Number(said) <= request.withinMs && Number(said) >= leastToldMs(left)
  );
}

/** What a gateway did with the time before it made the call is no longer left. */
function handsOnWhatIsLeft(story: Story, name: string, rule: Text): Finding {
  const made = everyCall(story);
  const more = made.filter((one) => tooMuchMs(one) > wayMs);
  const isBusy = busyScenes(story);
  const isDoubtful = (one: Made): boolean =>
    isBusy(one.request.scene) || tooMuchMs(one) - twoWays * lagOf(story, one) <= wayMs;
  const most = mostByChance(made.length);
  const margin = {
    what: {
      en: 'calls that said more than was left',
      es: 'llamadas que dijeron más de lo que quedaba',
    },
    value: more.length,
    limit: most,
    unit: `/ ${made.length}`,
    resolution: more.filter(isDoubtful).length,
  };
  return withinTolerance(name, rule, margin, () => {
    const [sure] = more.filter((one) => !isDoubtful(one));
    const said = sure?.call.deadline?.trim() ?? '';
    const left = shown(sure ? Math.max(0, -afterMs(sure)) : 0);
    return {
      story: {
        en: `${more.length} of ${made.length} calls said more than was left, such as the one for ${sure?.request.id}: it said ${said} ms as it came, and ${left} ms of ${sure?.request.withinMs} were left; chance allows ${most}.`,
        es: `${more.length} de ${made.length} llamadas dijeron más de lo que quedaba, como la de ${sure?.request.id}: al llegar dijo ${said} ms, y quedaban ${left} ms de ${sure?.request.withinMs}; el azar permite ${most}.`,
      },
      lines: sure ? [sure.call.line, sure.request.line] : [],
    };
  });
}

/** What half of many calls say is no pause of the machine, milliseconds. */
const halfMs = 40;
/** Half of the pulses are there and back again as late as half of the calls are at the service; and some more. */
const loose = 1.5;
const many = 20;

/** In trouble gateways let requests wait: whose clock begins only after that gives that time twice. */
function halfSayMore(story: Story, name: string, rule: Text): Finding | undefined {
  const inTrouble = everyCall(story).filter(({ request }) => request.part === 'trouble');
  const alike = grouped(inTrouble, ({ request: { scene, route } }) => `${scene} ${route}`);
  const found = [...alike.values()]
    .filter(({ length }) => length >= many)
    .map((some) => middleSays(story, name, rule, some));
  return found.find(({ holds }) => holds === false) ?? found.find(({ holds }) => holds === null);
}

function middleSays(story: Story, name: string, rule: Text, made: readonly Made[]): Finding {
  const sorted = [...made].sort((a, b) => tooMuchMs(a) - tooMuchMs(b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const value = middle ? Math.max(0, tooMuchMs(middle)) : 0;
  const scene = scenes.find((one) => one === middle?.request.scene) ?? 'spike';
  // Where a machine has too much to do, requests wait in it that no pulse has waited behind.
  if (value > halfMs && busyScenes(story)(scene))
    return undecided(name, rule, {
      en: `half of ${made.length} calls of ${scene} said ${shown(value)} ms or more beyond what was left, and this machine had so much to do that they may have waited in it`,
      es: `la mitad de ${made.length} llamadas de ${scene} dijo al menos ${shown(value)} ms más de lo que quedaba, y esta máquina tenía tanto que hacer que pueden haber esperado en ella`,
    });
  const [from, until] = [story.began(scene, 'trouble'), story.began(scene, 'after')];
  const margin = {
    what: { en: 'half of the calls said more by', es: 'la mitad de las llamadas dijo de más' },
    ...{ value, limit: halfMs, unit: 'ms' },
    ...(value > halfMs && { resolution: loose * story.pulses(scene).middleWithin(from, until) }),
  };
  return withinTolerance(name, rule, margin, () => ({
    story: {
      en: `${scene}: half of ${made.length} calls said ${shown(value)} ms or more beyond what was left, such as the one for ${middle?.request.id}: it said ${middle?.call.deadline} ms, and its client, who had given ${middle?.request.withinMs} ms, had sent it ${shown(middle ? afterMs(middle) + middle.request.withinMs : 0)} ms before.`,
      es: `${scene}: la mitad de ${made.length} llamadas dijo al menos ${shown(value)} ms más de lo que quedaba, como la de ${middle?.request.id}: dijo ${middle?.call.deadline} ms, y su cliente, que había dado ${middle?.request.withinMs} ms, la había enviado ${shown(middle ? afterMs(middle) + middle.request.withinMs : 0)} ms antes.`,
    },
    lines: middle ? [middle.call.line, middle.request.line] : [],
  }));
}

/** Acts in which the machine was late throughout: what a gateway took for itself nobody can tell. */
function busyScenes(story: Story): (scene: Request['scene']) => boolean {
  const busy = story.played.filter(
    (scene) => story.pulses(scene).meanWithin(0, Number.POSITIVE_INFINITY) > busyMs,
  );
  return (scene) => (busy as readonly string[]).includes(scene);
}

const tooMuchMs = (one: Made): number => Number(one.call.deadline) + afterMs(one);

export function noCallForWhoHasGone(story: Story): Finding {
  const rule: Text = {
    en: 'No call is made for a client whose time is over.',
    es: 'No se hace ninguna llamada por un cliente cuyo tiempo se acabó.',
  };
  const late = everyCall(story).filter((one) => afterMs(one) > looseMs);
  const isDoubtful = (one: Made): boolean => afterMs(one) - lagOf(story, one) <= looseMs;
  const margin = {
    what: { en: 'calls after the client’s time', es: 'llamadas después del tiempo del cliente' },
    value: late.length,
    limit: mostLate,
    unit: '×',
    resolution: late.filter(isDoubtful).length,
  };
  return withinTolerance('no-call-for-who-has-gone', rule, margin, () => {
    const [sure] = late.filter((one) => !isDoubtful(one));
    const request = sure?.request;
    const ms = shown(sure ? afterMs(sure) : 0);
    return {
      story: {
        en: `for ${requestsOf.en(late.length)} the call came after the time of the client, such as ${toldOf(request).en}: ${ms} ms after the ${request?.withinMs} ms were over.`,
        es: `por ${requestsOf.es(late.length)} la llamada llegó después del tiempo del cliente, como ${toldOf(request).es}: ${ms} ms después de acabarse los ${request?.withinMs} ms.`,
      },
      lines: sure ? [sure.call.line, sure.request.line] : [],
    };
  });
}

const afterMs = ({ request, call }: Made): number =>
  (call.at - request.start) / 1000 - request.withinMs;

/** About a moment, microseconds: whatever was on its way then tells how late it was. */
const aboutUs = 50_000;

/**
 * How late the machine and the gateway may have made it: until the request was read, from when the time
 * counts, and from when there was time left until the call was there. What passed in between is no excuse.
 */
function lagOf(story: Story, { request: { scene, start }, call: { at } }: Made): number {
  if (scene === 'warm-up') return Infinity;
  const pulses = story.pulses(scene);
  const lateIn = (from: number, until: number): number =>
    Number.isFinite(pulses.meanWithin(from, until)) ? pulses.worst(from, until) : Infinity;
  return lateIn(start, start + aboutUs) + lateIn(at - aboutUs, at);
}

const everyCall = (story: Story): Made[] =>
  story.all
    .filter(({ scene }) => scene !== 'warm-up')
    .flatMap((request) => request.calls.map((call) => ({ request, call })));
