import { exitCodes, PlanError } from '../base/errors.js';

export function run(): Promise<undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
