import { exitCodes, PlanError } from '../base/errors.js';

export function doc(): Promise<undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
