import type { KataOnDisk } from '../../kata/discover.js';
import { startServices } from '../../services/index.js';
import { ServicesMissing, type ProofContext } from './one-run.js';
import type { KataProof } from './proof.js';
import { proveReferences } from './references.js';
import { textProblems } from './text-problems.js';
import { proveTwins } from './twins.js';

export { isProved, type KataProof } from './proof.js';

export const proofParts = ['texts', 'references', 'twins'] as const;
export type ProofPart = (typeof proofParts)[number];

/**
 * What `plan dev check` proves of each kata: that its texts are whole, that its references come to
 * what is expected of them, and that its checker catches what is wrong and passes what is right.
 * @throws the reason of an interrupt · PlanError where services can't be started, or a twins.json
 *   can't be read
 */
export async function proveKatas(
  katas: readonly KataOnDisk[],
  parts: readonly ProofPart[],
  context: ProofContext,
): Promise<KataProof[]> {
  const { onProgress, services } = context;
  const ofAll: ProofContext = {
    ...context,
    services: (names, options) =>
      (services ?? startServices)(names, { ...options, onProgress }).catch((error: unknown) => {
        throw new ServicesMissing(error);
      }),
  };
  const proofs: KataProof[] = [];
  for (const found of katas) proofs.push(await proveKata(found, parts, ofAll));
  return proofs;
}

async function proveKata(
  found: KataOnDisk,
  parts: readonly ProofPart[],
  context: ProofContext,
): Promise<KataProof> {
  const { kata, word = kata.id } = found;
  const nothing = { proofs: [], leftOut: [], texts: [] };
  const texts = parts.includes('texts') ? await textProblems(found) : undefined;
  const references = parts.includes('references') ? await proveReferences(found, context) : nothing;
  const twins = parts.includes('twins') ? await proveTwins(found, context) : nothing;
  return {
    ...{ kata: kata.id, word, title: kata.title },
    texts:
      texts || references.texts.length > 0 ? [...(texts ?? []), ...references.texts] : undefined,
    references: references.proofs,
    twins: twins.proofs,
    leftOut: [...references.leftOut, ...twins.leftOut],
  };
}
