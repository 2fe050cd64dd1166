import { finding, type Finding, type Text, type Witness } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import type { Scene } from '../notes.js';
import type { Call, Story } from '../story.js';
import { crowdOf, isGood, isGoodProbe, staysOpen, witnessOf } from './half-open.js';
import { gapsOf, judged } from './open.js';

export function lateAnswersChangeNothing(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'What comes of a call from before it opened changes nothing.',
    es: 'Lo que salga de una llamada de antes de abrirse no cambia nada.',
  };
  const name = 'late-answers-change-nothing';
  const gaps = gapsOf(story, limits).filter(({ late }) => late !== undefined);
  const early = judged(name, rule, gaps, limits);
  if (early.holds === false) return early;
  const crowd = amidLateGood(story, limits);
  if (crowd) return finding(name, rule, crowd);
  const later = (['late-failures', 'late-probes'] as const).map((scene) =>
    staysOpen(name, rule, story, scene, limits),
  );
  return (
    later.find(({ holds }) => holds === false) ?? later.find(({ holds }) => holds === null) ?? early
  );
}

/** Let through after the good answer to a probe of the half-open time before, and too early without it. */
function amidLateGood(story: Story, limits: Limits): Witness | undefined {
  const late = lateProbe(story, 'good-late');
  if (!late || !isGood(late)) return undefined;
  const crowd = crowdOf(story, 'good-late', limits);
  if (!crowd || crowd.call.at <= late.end) return undefined;
  const { story: told, lines } = witnessOf(crowd, limits);
  return {
    story: {
      en: `${told.en} In between came the good answer to a probe of the half-open time before (line ${late.line}), in which another one had failed.`,
      es: `${told.es} Entretanto llegó la respuesta buena a una prueba del medio abierto anterior (línea ${late.line}), en el que otra había fallado.`,
    },
    lines: [late.line, ...lines],
  };
}

/** Under way as another one failed beside it; undefined also where it was let through alone. */
function lateProbe(story: Story, scene: Scene): Call | undefined {
  const [first, ...others] = ofPhase(story, scene, 'one-late');
  const failed = others.some(({ status, end }) => status === 503 && first && end < first.end);
  return failed ? first : undefined;
}

/** Whether it came to an end while those were under way that were to close it; undefined where it was let through alone. */
export function cameAmidProbes(
  story: Story,
  scene: 'late-probes' | 'good-late',
): boolean | undefined {
  const late = lateProbe(story, scene);
  if (!late) return undefined;
  const probes = ofPhase(story, scene, 'patient');
  const from = Math.min(...probes.map(({ at }) => at));
  const until = Math.min(...probes.filter(isGoodProbe).map(({ end }) => end));
  const asMeant = scene === 'good-late' ? isGood(late) : late.status === 'gone';
  return asMeant && late.end > from && late.end < until;
}

const ofPhase = (story: Story, scene: Scene, name: string): Call[] =>
  story
    .of(scene)
    .flatMap(({ calls }) => calls)
    .filter(({ phase }) => phase === name)
    .sort((a, b) => a.line - b.line);
