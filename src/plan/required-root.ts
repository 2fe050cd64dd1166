import { noProgress } from './progress/read.js';
import { findRoot } from './root.js';

/** The learner's root. @throws PlanError `no-progress` */
export function requireRoot(from = process.cwd()): string {
  const root = findRoot(from);
  if (root === undefined) throw noProgress(from);
  return root;
}
