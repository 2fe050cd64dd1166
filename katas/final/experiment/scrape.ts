import { outsideContract, parseMetrics, type ClientRequest } from '../../../src/kata/index.js';
import { httpSeconds, processed, roles, type RoleName } from '../contract.js';
import type { Scraped } from '../notes.js';
import type { Shop } from './shop.js';

/** What the metrics of all four say now. */
export async function scrape(shop: Shop, when: NonNullable<Scraped['when']>): Promise<void> {
  for (const role of roles)
    await shop.lab.oneByOne(shop.parts[role].program, [scraping(shop, role, when)]);
}

function scraping(shop: Shop, role: RoleName, when: NonNullable<Scraped['when']>): ClientRequest {
  return {
    ...{ process: shop.process(), role, f: 'scrape', asked: { role } },
    ...{ method: 'GET', path: '/metrics' },
    read(answer) {
      if (answer.status !== 200)
        return outsideContract(answer, '200 and metrics in the text format');
      const { samples } = parseMetrics(answer.text, [httpSeconds, processed]);
      shop.lab.note('scraped', { role, when, samples } satisfies Scraped);
      return { outcome: 'ok', value: { samples: samples.length } };
    },
  };
}
