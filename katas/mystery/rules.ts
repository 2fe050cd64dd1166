import type { CheckResult, Coverage, History } from '../../src/kata/index.js';
import { causeOf } from './contract/seal.js';
import { evidenceIn } from './rules/evidence.js';
import { isCalm } from './rules/signs.js';
import { ordersIn } from './story.js';

/**
 * Nothing of it is right or wrong: the run is fit to be looked at where it bears the signs of what is
 * hidden, and of nothing else.
 */
export function check(history: History, { number }: { number: number }): CheckResult {
  const orders = ordersIn(history);
  const shown = [...evidenceIn(orders).keys()];
  const isFit = shown.length === 1 && shown[0] === causeOf(number);
  const coverage: Coverage[] = [
    {
      condition: 'orders-came',
      met: orders.some(({ accepted }) => accepted),
      story: {
        en: `${orders.length} orders were sent`,
        es: `se enviaron ${orders.length} pedidos`,
      },
    },
    {
      condition: 'one-cause-shows',
      met: isFit,
      // How many, and not which: this is printed.
      story: {
        en: isFit ? 'there is one cause, and it shows' : 'the traces of this run are not clear',
        es: isFit ? 'hay una causa, y se nota' : 'las trazas de esta ejecución no son claras',
      },
    },
  ];
  return { findings: [], coverage, figures: { calm: isCalm(orders) ? 1 : 0 } };
}
