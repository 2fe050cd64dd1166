import type { Chart } from '../../../src/kata/index.js';
import { longestMs, type Limits } from '../contract.js';
import { outageCalls } from '../figures.js';
import type { Story } from '../story.js';

const steps = 44;

/** The calls of the outage's group from the first on, until everybody had to be back. */
export function stormOf(story: Story, limits: Limits): Chart | undefined {
  const { outage } = story;
  if (!outage) return undefined;
  const downMs = (outage.until - outage.from) / 1000;
  const stepMs = Math.ceil((downMs + longestMs(limits)) / steps / 5) * 5;
  const counts = Array.from({ length: steps }, () => 0);
  for (const at of outageCalls(story)) {
    const step = Math.floor((at - outage.from) / 1000 / stepMs);
    if (step < steps) counts[step] = (counts[step] ?? 0) + 1;
  }
  return {
    title: {
      en: 'Calls for the 40 messages of the outage',
      es: 'Llamadas por los 40 mensajes de la indisponibilidad',
    },
    stepMs,
    counts,
    span: {
      name: { en: 'down', es: 'sin servicio' },
      from: 0,
      to: Math.floor(downMs / stepMs),
    },
  };
}
