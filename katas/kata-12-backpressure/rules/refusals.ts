import {
  counted,
  finding,
  withinTolerance,
  type Finding,
  type Text,
} from '../../../src/kata/index.js';
import {
  answerMs,
  earlyMs,
  freedMs,
  limitsIn,
  policyOf,
  scenes,
  type Limits,
  type Policy,
} from '../contract.js';
import {
  doneAt,
  isAccepted,
  isRefused,
  meanOf,
  shown,
  tookMs,
  type Job,
  type Story,
} from '../story.js';

/** Exact in one direction: so many at most can have been accepted and not done, and there was room. */
export function refusesOnlyWhenFull(story: Story, strategy: string, limits: Limits): Finding {
  const policy = policyOf(strategy, limits);
  const rule: Text =
    policy === 'drop-oldest'
      ? { en: 'Nobody is refused.', es: 'No se rechaza a nadie.' }
      : {
          en: `Nobody is refused while there is a place: fewer than ${limits.limit} that are accepted and not done.`,
          es: `No se rechaza a nadie mientras haya sitio: menos de ${limits.limit} aceptados y sin hacer.`,
        };
  for (const scene of scenes) {
    const own = limitsIn(scene, limits);
    for (const job of story.of(scene).filter(isRefused)) {
      const most = mostWhile(job, policy, story, own);
      if (policy !== 'drop-oldest' && most >= own.limit) continue;
      return finding('refuses-only-when-full', rule, {
        story: {
          en: `${job.id} was refused (history line ${job.line}), and at most ${counted.en(most, 'other was', 'others were')} accepted and not done; ${own.limit} may wait.`,
          es: `${job.id} se rechazó (línea ${job.line} del historial), y como mucho había ${counted.es(most, 'otro aceptado', 'otros aceptados')} y sin hacer; pueden esperar ${own.limit}.`,
        },
        lines: [job.line],
      });
    }
  }
  return finding('refuses-only-when-full', rule, undefined);
}

/** So many can there have been at most while it was decided; whoever waits is to get a place meanwhile. */
export function mostWhile(refused: Job, policy: Policy, story: Story, { waitMs }: Limits): number {
  const patienceUs = policy === 'block' ? 1000 * Math.max(0, waitMs - freedMs) : 0;
  const from = Math.min(refused.start + patienceUs, refused.end);
  const late = freedMs + story.pulses(refused.scene).worst(refused.start - 1_000_000, refused.end);
  return story
    .of(refused.scene)
    .filter(
      (one) =>
        !isRefused(one) &&
        one !== refused &&
        one.start <= refused.end &&
        doneAt(one) + 1000 * late > from,
    ).length;
}

/**
 * On average, which every slow answer moves; each beside the pulse that was sent next to it in the same
 * stream, which the machine's own pauses move as far. Where those pauses are too long, the half of the
 * answers with the quickest pulses beside them has to tell.
 */
export function answersAtOnce(story: Story, strategy: string, limits: Limits): Finding {
  const allowed = policyOf(strategy, limits) === 'block' ? limits.waitMs : 0;
  const rule: Text =
    allowed > 0
      ? {
          en: `Nobody waits for an answer longer than PLAN_WAIT_MS, and hardly longer: ${answerMs} ms.`,
          es: `Nadie espera una respuesta más que PLAN_WAIT_MS, o apenas más: ${answerMs} ms.`,
        }
      : {
          en: `Accepted or refused, it is said at once: within ${answerMs} ms on average.`,
          es: `Aceptado o rechazado, se dice al momento: en ${answerMs} ms de media.`,
        };
  const all = story.of('overload', 'overload');
  const groups = [all.filter(isAccepted), all.filter(isRefused)].map((some) => {
    const whole = besidePulses(some, story, allowed);
    const isPlain = Math.min(whole.mean, 1.5 * whole.besideMs) <= answerMs;
    if (isPlain) return whole;
    // It may excuse, and never blames: its pulses are the quickest by choice, its answers are not.
    const quiet = besidePulses(quieterHalf(some, story), story, allowed);
    return quiet.mean <= answerMs ? quiet : whole;
  });
  const worst = groups.reduce((most, one) => (one.mean > most.mean ? one : most));
  const margin = {
    what: { en: 'answers on average', es: 'las respuestas, de media' },
    value: worst.mean,
    limit: answerMs,
    unit: 'ms',
    // Whatever is late here only adds to it.
    ...(worst.mean > answerMs && { resolution: 1.5 * worst.besideMs }),
  };
  return withinTolerance('answers-at-once', rule, margin, () => {
    const slowest = worst.some.reduce((most, one) => (tookMs(one) > tookMs(most) ? one : most));
    const [en, es] = isRefused(slowest)
      ? [
          counted.en(worst.some.length, 'refusal', 'refusals'),
          counted.es(worst.some.length, 'rechazo', 'rechazos'),
        ]
      : [
          counted.en(worst.some.length, 'acceptance', 'acceptances'),
          counted.es(worst.some.length, 'aceptación', 'aceptaciones'),
        ];
    const over = allowed > 0 ? [` beyond ${allowed}`, ` más allá de ${allowed}`] : ['', ''];
    return {
      story: {
        en: `${en} took ${shown(worst.mean)} ms${over[0]} on average, the slowest, for ${slowest.id}, ${shown(tookMs(slowest))} ms in all.`,
        es: `${es}: ${shown(worst.mean)} ms${over[1]} de media; la respuesta más lenta, a ${slowest.id}, tardó ${shown(tookMs(slowest))} ms en total.`,
      },
      lines: [slowest.line],
    };
  });
}

/** What they took beyond what is allowed, and what the pulses next to them took, on average. */
function besidePulses(some: readonly Job[], story: Story, allowed: number) {
  return {
    some,
    mean: meanOf(some.map((one) => Math.max(0, tookMs(one) - allowed))),
    besideMs: meanOf(nextPulses(some, story)),
  };
}

function quieterHalf(some: readonly Job[], story: Story): readonly Job[] {
  const beside = nextPulses(some, story);
  return some
    .map((job, n) => ({ job, ms: beside[n] ?? Infinity }))
    .sort((a, b) => a.ms - b.ms)
    .slice(0, Math.ceil(some.length / 2))
    .map(({ job }) => job);
}

/** Milliseconds that the pulse took that was sent nearest to each, in whatever order they are. */
function nextPulses(jobs: readonly Job[], { beats }: Story): readonly number[] {
  const away = (beat: number, start: number): number =>
    Math.abs((beats[beat]?.due ?? Infinity) - start);
  const found = new Map<Job, number>();
  let at = 0;
  for (const job of [...jobs].sort((a, b) => a.start - b.start)) {
    while (at + 1 < beats.length && away(at + 1, job.start) <= away(at, job.start)) at += 1;
    const beat = beats[at];
    found.set(job, beat ? (beat.came - beat.due) / 1000 : Infinity);
  }
  return jobs.map((job) => found.get(job) ?? Infinity);
}

/** Noise only makes a wait longer: what was refused too early was. */
export function waitsBeforeItRefuses(story: Story, { waitMs }: Limits): Finding {
  const rule: Text = {
    en: 'Whoever finds the queue full waits PLAN_WAIT_MS for a place before it is refused.',
    es: 'Quien encuentra la cola llena espera un sitio PLAN_WAIT_MS antes de ser rechazado.',
  };
  const refused = story.jobs.filter((one) => isRefused(one));
  const first = refused.reduce<Job | undefined>(
    (least, one) => (least && tookMs(least) <= tookMs(one) ? least : one),
    undefined,
  );
  const early = first ? waitMs - tookMs(first) : 0;
  const isBroken = first !== undefined && early > earlyMs;
  const witness = isBroken && {
    story: {
      en: `${first.id} was refused after ${shown(tookMs(first))} ms (history line ${first.line}); it was to wait ${waitMs} ms for a place.`,
      es: `${first.id} se rechazó a los ${shown(tookMs(first))} ms (línea ${first.line} del historial); tenía que esperar un sitio ${waitMs} ms.`,
    },
    lines: [first.line],
  };
  return finding('waits-before-it-refuses', rule, witness || undefined);
}
