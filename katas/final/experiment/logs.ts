import { roles } from '../contract.js';
import { isRightLine } from '../contract/log-line.js';
import type { LogNote } from '../notes.js';
import type { Shop } from './shop.js';

const atMost = 5;

/** What the four services wrote of orders. */
export async function noteLogs({ lab }: Shop): Promise<void> {
  const rows = await lab
    .role('orders')
    .database.query<{ id: string; isCalm: boolean }>(
      `SELECT id, address LIKE 'a-calm-%' AS "isCalm" FROM orders`,
    );
  const calm = rows.filter(({ isCalm }) => isCalm);
  for (const role of roles) {
    const lines = await lab.logLines(role);
    const told = lines.filter((line) => calm.some(({ id }) => line.includes(id)));
    const strays = lines
      .filter((line) => !isRightLine(line))
      .filter((line) => rows.some(({ id }) => line.includes(id)))
      .slice(0, atMost);
    lab.note('log', { role, lines: lines.length, told, strays } satisfies LogNote);
  }
}
