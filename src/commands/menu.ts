import { exitCodes, PlanError, type ExitCode } from '../errors.js';

export function menu(_help: string): Promise<ExitCode | undefined> {
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
