import { exitCodes, PlanError } from '../../base/errors.js';
import { loadTexts } from '../../i18n/load.js';
import { texts } from '../../i18n/text.js';

/** A limit of this machine, not of the program under test: no verdict can rest on it. */
export class LocalLimit extends PlanError {
  /** Out of file descriptors, of ports, of memory for sockets. */
  static readonly codes = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS']);

  constructor(code: string) {
    const t = texts(loadTexts);
    const files = code === 'EMFILE' || code === 'ENFILE';
    super({
      code: 'local-limit',
      exit: exitCodes.environment,
      what: files ? t.tooFewFiles(code) : t.tooFewPorts(code),
      mend: files ? t.raiseFiles : t.waitForPorts,
    });
  }
}
