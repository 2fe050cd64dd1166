import { exitCodes, PlanError } from '../../base/errors.js';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { ServerControl } from '../types.js';

/** Of the broker that a variable names. */
export function notOurs(variable: string): ServerControl {
  const refuse = (): Promise<never> => {
    const t = texts(brokerTexts);
    const about = { what: t.notOurs(variable), mend: t.notOursMend, exit: exitCodes.environment };
    return Promise.reject(new PlanError({ code: 'broker-not-ours', ...about }));
  };
  return { possible: false, kill: refuse, stop: refuse, start: refuse };
}
