import type { Text } from '../../i18n/text.js';
import { finding, holds, undecided, type Finding, type Margin, type Witness } from '../findings.js';

/** Where a run is coarser than the limit itself, how coarse it was is known no better than this. */
const coarse = 3;

interface Noise {
  /**
   * As to the time from a request to its answer: then what is measured within the limit was so, however
   * late this machine was.
   */
  readonly onlyAdds?: boolean;
}

/**
 * Decides a rule with a tolerance. It is broken by what lies beyond the limit by more than this run
 * could have made up itself, and holds only where this run was fine enough to see a breach. What is
 * left is undecided: it would blame a right program on a busy machine, or pass a wrong one.
 */
export function withinTolerance(
  invariant: string,
  rule: Text,
  margin: Margin,
  witness: () => Witness,
  { onlyAdds = false }: Noise = {},
): Finding {
  const { value, limit, resolution = 0 } = margin;
  if (!Number.isFinite(resolution)) return undecided(invariant, rule, noPulse);
  const noise = resolution > limit ? coarse * resolution : resolution;
  if (value - noise > limit) return { ...finding(invariant, rule, witness()), margin };
  if (value > limit || (resolution > limit && !onlyAdds))
    return { ...undecided(invariant, rule, whyNot(margin)), margin };
  return { ...holds(invariant, rule), margin };
}

const noPulse: Text = {
  en: "none of the lab's pulses came through, so nobody knows how late this machine was",
  es: 'no llegó ningún pulso del laboratorio, así que no se sabe cuánto se retrasó esta máquina',
};

function whyNot({ limit, unit, resolution = 0 }: Margin): Text {
  const [most, noise] = [shown(limit), shown(resolution)];
  return {
    en: `it allows ${most} ${unit}, and up to ${noise} ${unit} may be this machine's own doing, as the lab's pulses show`,
    es: `permite ${most} ${unit}, y hasta ${noise} ${unit} pueden deberse a esta máquina, como muestran los pulsos del laboratorio`,
  };
}

const shown = (value: number): string =>
  String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
