import type { Operation } from '../history.js';

/** It took effect, as its answer says. */
export const isOk = ({ outcome }: Pick<Operation, 'outcome'>): boolean => outcome === 'ok';

/** It took no effect, as its answer says. */
export const isRefused = ({ outcome }: Pick<Operation, 'outcome'>): boolean => outcome === 'fail';

/** Nobody can tell whether it took effect. */
export const isUnknown = ({ outcome }: Pick<Operation, 'outcome'>): boolean =>
  outcome === 'unknown';

/** Where to read of it in the history: its completion, and its invocation where it has none. */
export const lineOf = ({
  completedOn,
  invokedOn,
}: Pick<Operation, 'completedOn' | 'invokedOn'>): number => completedOn ?? invokedOn;
