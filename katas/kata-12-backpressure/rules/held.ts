import { counted, finding, type Finding, type Text } from '../../../src/kata/index.js';
import { limitsIn, mostHeld, scenes, type Limits, type Scene } from '../contract.js';
import { heldOver, mostOf, shown, type Job, type Step, type Story } from '../story.js';

/** Counted from outside, where an answer on its way leaves a doubt: at least so many there were. */
export function heldWithinLimit(story: Story, limits: Limits): Finding {
  const most = mostHeld(limits);
  const rule: Text = {
    en: `No more jobs are accepted and not done than may wait and be in hand: ${limits.limit} and ${limits.workers}.`,
    es: `No hay más trabajos aceptados y sin hacer que los que pueden esperar y estar entre manos: ${limits.limit} y ${limits.workers}.`,
  };
  for (const scene of scenes) {
    const allowed = mostHeld(limitsIn(scene, limits));
    const worst = mostOf(heldOver(story.of(scene)));
    if (!worst || worst.held <= allowed) continue;
    const beyond = firstAbove(heldOver(story.of(scene)), allowed);
    const least = allowed === most ? '' : ` (${scene})`;
    return finding('held-within-limit', rule, {
      story: {
        en: `when ${beyond?.job.id} was accepted (history line ${beyond?.job.line}) there were ${allowed} others that had been accepted and that the dependency had not done; at worst there were ${worst.held}, and ${allowed} are allowed${least}.`,
        es: `cuando se aceptó ${beyond?.job.id} (línea ${beyond?.job.line} del historial) había otros ${allowed} aceptados que la dependencia no había hecho; en el peor momento hubo ${worst.held}, y se permiten ${allowed}${least}.`,
      },
      lines: beyond ? [beyond.job.line] : [],
    });
  }
  return finding('held-within-limit', rule, undefined);
}

const firstAbove = (steps: readonly Step[], allowed: number): Step | undefined =>
  steps.find(({ held }) => held > allowed);

interface Underway {
  readonly at: number;
  readonly line: number;
  readonly end: number;
  readonly id: string;
}

/** Exact: what the dependency has not answered no program has heard of. */
export function workersAtOnce(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'No more jobs are at the dependency at once than there are workers.',
    es: 'No hay más trabajos a la vez en la dependencia que workers.',
  };
  for (const scene of scenes) {
    const { workers } = limitsIn(scene, limits);
    const crowd = crowdOf(story.of(scene), workers);
    const last = crowd?.at(-1);
    if (!crowd || !last) continue;
    const others = crowd.length - 1;
    return finding('workers-at-once', rule, {
      story: {
        en: `${last.id} came to the dependency (history line ${last.line}) while ${counted.en(others, 'other was', 'others were')} there and not answered; ${workersOf(scene, workers).en}.`,
        es: `${last.id} llegó a la dependencia (línea ${last.line} del historial) con ${counted.es(others, 'otro', 'otros')} allí sin respuesta; ${workersOf(scene, workers).es}.`,
      },
      lines: crowd.map(({ line }) => line).slice(-20),
    });
  }
  return finding('workers-at-once', rule, undefined);
}

function workersOf(scene: Scene, workers: number): Text {
  const where = scene === 'retry-after' ? ' (retry-after)' : '';
  return {
    en: `there ${workers === 1 ? 'is 1 worker' : `are ${shown(workers)} workers`}${where}`,
    es: `${workers === 1 ? 'hay 1 worker' : `hay ${shown(workers)} workers`}${where}`,
  };
}

/** The first call that came while as many were under way as may be, the one too many last. */
function crowdOf(jobs: readonly Job[], workers: number): readonly Underway[] | undefined {
  const calls = jobs
    .flatMap(({ id, calls: some }) => some.map(({ at, line, end }) => ({ id, at, line, end })))
    .sort((a, b) => a.line - b.line);
  let open: Underway[] = [];
  for (const call of calls) {
    open = [...open.filter(({ end }) => end > call.at), call];
    if (open.length > workers) return open;
  }
  return undefined;
}
