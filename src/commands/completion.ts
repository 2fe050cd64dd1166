import { exitCodes, PlanError } from '../base/errors.js';

export function completion(): Promise<undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
