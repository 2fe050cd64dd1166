import { roles, type RoleName } from '../contract.js';
import { isRightLine } from '../contract/log-line.js';
import type { LogNote } from '../notes.js';
import type { Shop } from './shop.js';

const atMost = 5;

/** Of these days every line is looked at: nobody is killed. On the last one lines are written that calm days have not. */
const days = ['calm', 'declined', 'out-of-stock', 'not-deliverable', 'provider'];

/** What the four services wrote of orders. */
export async function noteLogs({ lab }: Shop): Promise<void> {
  const rows = await lab
    .role('orders')
    .database.query<{ id: string; isQuiet: boolean }>(
      `SELECT id, address LIKE ANY($1) AS "isQuiet" FROM orders`,
      [days.map((day) => `%a-${day}-%`)],
    );
  const quiet = rows.filter(({ isQuiet }) => isQuiet);
  for (const role of roles) {
    const lines = await lab.logLines(role);
    const told = lines.filter((line) => quiet.some(({ id }) => line.includes(id)));
    const strays = lines
      .filter((line) => !isRightLine(line))
      .filter((line) => rows.some(({ id }) => line.includes(id)))
      .slice(0, atMost);
    lab.note('log', { role, lines: lines.length, told, strays } satisfies LogNote);
  }
}

/** How much each has written until now. */
export async function linesSoFar<Role extends RoleName>(
  { lab }: Shop,
  of: readonly Role[],
): Promise<readonly (readonly [Role, number])[]> {
  return Promise.all(of.map(async (role) => [role, (await lab.logLines(role)).length] as const));
}

/** Some of what one has written since, and that is no JSON object with level and message. */
export async function straysSince({ lab }: Shop, role: RoleName, count: number): Promise<string[]> {
  const lines = (await lab.logLines(role)).slice(count);
  return lines.filter((line) => line.trim() !== '' && !isRightLine(line)).slice(0, atMost);
}
