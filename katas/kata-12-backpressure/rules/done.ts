import { finding, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import { noticedMs, policyOf, type Limits } from '../contract.js';
import {
  doneAt,
  isAccepted,
  isDropped,
  isRefused,
  type Job,
  type Story,
  type Word,
} from '../story.js';

export function acceptedIsDoneOnce(story: Story, strategy: string, limits: Limits): Finding {
  const drops = policyOf(strategy, limits) === 'drop-oldest';
  const rule: Text = drops
    ? {
        en: 'What was accepted is done, once, or told as dropped.',
        es: 'Lo que se aceptó se hace, una vez, o se dice que se tiró.',
      }
    : {
        en: 'What was accepted is done, once.',
        es: 'Lo que se aceptó se hace, una vez.',
      };
  for (const job of story.jobs) {
    const what = wrongWith(job, drops);
    if (what) return finding('accepted-is-done-once', rule, witnessOf(job, what));
  }
  return finding('accepted-is-done-once', rule, undefined);
}

function wrongWith(job: Job, drops: boolean): Text | undefined {
  const { calls } = job;
  if (calls.length > 1)
    return {
      en: `it came to the dependency ${calls.length} times`,
      es: `llegó a la dependencia ${calls.length} veces`,
    };
  if (!isAccepted(job)) return undefined;
  if (calls.length === 0) {
    if (drops && isDropped(job)) return undefined;
    return isDropped(job)
      ? { en: 'it was dropped', es: 'se tiró' }
      : {
          en: `it never came to the dependency${drops ? ', and nobody says that it was dropped' : ''}`,
          es: `nunca llegó a la dependencia${drops ? ', y nadie dice que se tirara' : ''}`,
        };
  }
  return Number.isFinite(doneAt(job))
    ? undefined
    : {
        en: 'whoever called for it hung up before the dependency had done it',
        es: 'quien llamó por él colgó antes de que la dependencia lo hiciera',
      };
}

function witnessOf(job: Job, what: Text): Witness {
  const was = isAccepted(job)
    ? { en: 'was accepted', es: 'se aceptó' }
    : { en: 'was sent', es: 'se envió' };
  return {
    story: {
      en: `${job.id} ${was.en} (history line ${job.line}), and ${what.en}.`,
      es: `${job.id} ${was.es} (línea ${job.line} del historial), y ${what.es}.`,
    },
    lines: [job.line, ...job.calls.map(({ line }) => line)],
  };
}

export function refusedIsNotDone(story: Story): Finding {
  const rule: Text = {
    en: 'What was refused is not done, nor is what nobody sent.',
    es: 'Lo que se rechazó no se hace, ni lo que nadie envió.',
  };
  const done = story.jobs.find((one) => isRefused(one) && one.calls.length > 0);
  if (done)
    return finding('refused-is-not-done', rule, {
      story: {
        en: `${done.id} was refused (history line ${done.line}), and came to the dependency all the same.`,
        es: `${done.id} se rechazó (línea ${done.line} del historial), y llegó a la dependencia de todos modos.`,
      },
      lines: [done.line, ...done.calls.map(({ line }) => line)],
    });
  const [stray] = story.strayCalls;
  if (!stray) return finding('refused-is-not-done', rule, undefined);
  return finding('refused-is-not-done', rule, {
    story: {
      en: `the dependency was called at ${stray.path} (history line ${stray.line}), which is no job that was sent.`,
      es: `se llamó a la dependencia en ${stray.path} (línea ${stray.line} del historial), que no es ningún trabajo enviado.`,
    },
    lines: [stray.line],
  });
}

/** What `GET /jobs/{id}` says. */
export function toldIsTrue(story: Story): Finding {
  const rule: Text = {
    en: 'What is told of a job is so: it waits, is done, was dropped, or is not known.',
    es: 'Lo que se dice de un trabajo es cierto: espera, está hecho, se tiró, o no se conoce.',
  };
  for (const job of story.jobs)
    for (const word of job.words) {
      const what = untrueOf(job, word, story);
      if (what)
        return finding('told-is-true', rule, {
          story: {
            en: `asked for ${job.id}, the program said ${word.state ?? '404'} (history line ${word.line}), and ${what.en}.`,
            es: `preguntado por ${job.id}, el programa dijo ${word.state ?? '404'} (línea ${word.line} del historial), y ${what.es}.`,
          },
          lines: [job.line, ...job.calls.map(({ line }) => line), word.line],
        });
    }
  return finding('told-is-true', rule, undefined);
}

function untrueOf(job: Job, { state, start, end }: Word, story: Story): Text | undefined {
  const done = doneAt(job);
  if (isRefused(job))
    return state === undefined ? undefined : { en: 'it was refused', es: 'se había rechazado' };
  if (!isAccepted(job)) return undefined;
  switch (state) {
    case undefined:
      return { en: 'it was accepted', es: 'se había aceptado' };
    case 'done':
      return done <= end
        ? undefined
        : { en: 'the dependency had not done it', es: 'la dependencia no lo había hecho' };
    case 'dropped':
      return job.calls.length > 0
        ? { en: 'it came to the dependency', es: 'llegó a la dependencia' }
        : undefined;
    case 'waiting': {
      const late = noticedMs + story.pulses(job.scene).worst(done, start);
      return start - done > 1000 * late
        ? {
            en: 'the dependency had done it long before',
            es: 'la dependencia lo había hecho mucho antes',
          }
        : undefined;
    }
  }
}
