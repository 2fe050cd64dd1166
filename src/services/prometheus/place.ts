import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { texts } from '../../i18n/text.js';
import { serverOf } from '../../register/kept.js';
import { register } from '../../register/register.js';
import type { CaseOfPlace, Place } from '../capability.js';
import { freshName } from '../private/fresh-name.js';
import { Refusal, reloadPrometheus } from './client.js';
import { openMetrics } from './metrics.js';
import { Targets } from './targets.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus, Shelf } from './types.js';
import type { Metrics } from '../../kata/metrics.js';

/**
 * What a case has on a Prometheus: its programs as targets, and its rules. On a server that outlives
 * this program it is in the register, so that a killed run leaves none.
 */
export async function placeOn(
  server: RunningPrometheus,
  { label, recorder, signal }: CaseOfPlace,
): Promise<Place<Metrics>> {
  const { url, record, shelf } = server;
  const name = freshName(label);
  const ofOthers = record.provider === 'url';
  const release =
    record.kept || ofOthers
      ? await register({
          ...{ kind: 'place', of: 'prometheus', name, server: serverOf(url) },
          service: record.kept ? 'kept' : 'url',
        })
      : undefined;
  const targets = new Targets(shelf, name);
  let hasRules = false;
  const metrics = openMetrics({
    ...{ url, run: name, recorder, signal, targets },
    async addRules(text) {
      hasRules = true;
      await shelf.write(rulesOf(name), text);
      await reloadPrometheus(url).catch((error: unknown) => {
        throw error instanceof Refusal ? badRules(error) : error;
      });
    },
  });
  return {
    ...{ url, hands: metrics, metrics },
    watch: (program) => targets.add(program),
    async end() {
      await endPlace(shelf, name);
      // A rule that is gone is evaluated no more only then; of a server that is gone, never.
      if (hasRules) await reloadPrometheus(url).catch(() => undefined);
      await release?.();
    },
  };
}

/** Removes what a case left on the shelf. */
export async function endPlace(shelf: Shelf, name: string): Promise<void> {
  await shelf.remove(Targets.fileOf(name));
  await shelf.remove(rulesOf(name));
}

const rulesOf = (name: string): string => `${name}.rules.yml`;

function badRules(error: Refusal): PlanError {
  return new PlanError({
    code: 'bad-rules',
    exit: exitCodes.defect,
    what: texts(prometheusTexts).badRules(errorMessage(error)),
    cause: error,
  });
}
