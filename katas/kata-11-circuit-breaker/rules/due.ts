import { withinTolerance, type Finding, type Margin, type Text } from '../../../src/kata/index.js';
import { asksWithinMs, type Limits } from '../contract.js';
import type { Scene } from '../notes.js';
import { isSpared, shown, type Request, type Story } from '../story.js';

/** Somebody asked, after the end of the open time, and no call was made. */
interface Wait {
  readonly scene: Scene;
  readonly spared: Request;
  /** The last that asked in vain. */
  readonly inVain: Request | undefined;
  readonly ms: number;
  readonly dueAt: number;
}

/** Where clients ask all the while. */
const scenes: readonly Scene[] = ['outage', 'late'];

/** It was open when somebody was first rejected, so that its open time is over by then and the open time. */
export function asksAgainWhenDue(story: Story, limits: Limits): Finding {
  const rule: Text = {
    en: 'Once the open time is over it is tried again as soon as somebody asks, whatever came meanwhile.',
    es: 'Pasado el tiempo abierto se prueba de nuevo en cuanto alguien pregunta, llegara lo que llegara entretanto.',
  };
  const longest = scenes
    .flatMap((scene) => waitOf(story, scene, limits) ?? [])
    .reduce<Wait | undefined>((most, one) => (most && most.ms >= one.ms ? most : one), undefined);
  const margin: Margin = {
    what: { en: 'the call that was due', es: 'la llamada que tocaba' },
    value: longest ? Math.max(0, longest.ms) : 0,
    limit: asksWithinMs,
    unit: 'ms',
    resolution: longest
      ? story.pulses(longest.scene).worst(longest.dueAt, longest.dueAt + 1000 * asksWithinMs)
      : 0,
  };
  return withinTolerance('asks-again-when-due', rule, margin, () => {
    const { scene, spared, inVain, ms } = longest ?? { scene: '', ms: 0 };
    return {
      story: {
        en: `${scene}: ${spared?.id} was rejected, so it was open by then, for ${limits.openMs} ms; ${inVain?.id} asked ${shown(ms)} ms after that, and still no call was made.`,
        es: `${scene}: ${spared?.id} se rechazó, así que ya estaba abierto, por ${limits.openMs} ms; ${inVain?.id} preguntó ${shown(ms)} ms después, y seguía sin hacerse ninguna llamada.`,
      },
      lines: [...(spared ? [spared.line] : []), ...(inVain ? [inVain.line] : [])],
    };
  });
}

function waitOf(story: Story, scene: Scene, { openMs }: Limits): Wait | undefined {
  const all = story.of(scene);
  const spared = all.find(isSpared);
  if (!spared) return undefined;
  const dueAt = spared.end + openMs * 1000;
  // Whoever had waited in a program that is behind may be the one for whom it is tried again.
  const tried = all.flatMap(({ start, calls }) =>
    calls.flatMap(({ at }) => (at <= spared.end ? [] : [start > spared.end ? start : at])),
  );
  const until = Math.min(...tried);
  const inVain = all.findLast(({ start }) => start > dueAt && start < until);
  return { scene, spared, inVain, dueAt, ms: inVain ? (inVain.start - dueAt) / 1000 : 0 };
}
