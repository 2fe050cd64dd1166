import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';

export function menu(_help: string): Promise<ExitCode | undefined> {
  void _help;
  throw new PlanError({ code: 'not-built', exit: exitCodes.defect, what: 'being built' });
}
