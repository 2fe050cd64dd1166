import { exitCodes, PlanError } from '../base/errors.js';

export function check(): Promise<undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}

export function uncheck(): Promise<undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
