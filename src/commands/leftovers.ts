import { recoverLeftovers } from '../services/leftovers/recover.js';
import { reportRecovery } from '../report/terminal/leftovers.js';
import { getLocale } from '../i18n/text.js';

/** Ends what a killed `plan` left behind, before the command that was asked for. */
export async function endLeftovers(): Promise<void> {
  reportRecovery(getLocale(), await recoverLeftovers());
}
