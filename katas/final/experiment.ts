import type { Lab } from '../../src/kata/index.js';
import { endsWithinMs } from './contract.js';
import { flood, overload } from './experiment/crowds.js';
import { crashes } from './experiment/crashes.js';
import { calm, repeated, undone } from './experiment/days.js';
import { again } from './experiment/interpose.js';
import { later } from './experiment/later.js';
import { noteLogs } from './experiment/logs.js';
import { outages } from './experiment/outage.js';
import { overtaken } from './experiment/overtaken.js';
import { readRows } from './experiment/rows.js';
import { Shop } from './experiment/shop.js';
import { sigterm } from './experiment/sigterm.js';
import type { MemoryNote } from './notes.js';
import { restarts, rolling } from './experiment/troubles.js';

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly deadlineMs: number;
}

export async function experiment(lab: Lab, { orders, users, deadlineMs }: Options): Promise<void> {
  const memoryPeak = lab.watchMemory();
  const shop = await Shop.open(lab, { deadlineMs, crowd: orders });
  await lab.act('calm', () => calm(shop, orders, users));
  await lab.act('declined', () => undone(shop, 'declined'));
  await lab.act('out-of-stock', () => undone(shop, 'out-of-stock'));
  await lab.act('not-deliverable', () => undone(shop, 'not-deliverable'));
  await lab.act('repeated', () => repeated(shop));
  await lab.act('twice', () => twice(shop));
  await lab.act('overtaken', () => overtaken(shop));
  await lab.act('provider', () => outages(shop));
  await lab.act('flood', () => flood(shop));
  await lab.act('crashes', () => crashes(shop));
  await lab.act('restarts', () => restarts(shop));
  await lab.act('overload', () => overload(shop, orders, users));
  await lab.act('sigterm', () => sigterm(shop));
  await lab.act('rolling', () => rolling(shop));
  await lab.act('later', () => later(shop));

  await shop.rest(deadlineMs + endsWithinMs);
  await shop.stop();
  const memory = memoryPeak();
  if (memory) lab.note('memory', memory satisfies MemoryNote);
  lab.note('seeded', shop.seeded);
  lab.note('outside', shop.world.books);
  lab.note('final', await readRows(lab));
  await noteLogs(shop);
}

/** Every message of some orders, the confirmed and the undone. */
async function twice(shop: Shop): Promise<void> {
  const wishes = [
    ...(await shop.wishes('twice', 2)),
    await shop.wish('twice', { ends: 'declined' }),
    await shop.wish('twice', { ends: 'out-of-stock' }),
    await shop.wish('twice', { ends: 'not-deliverable' }),
  ];
  // Both copies are in hand at once.
  shop.world.become('late');
  await again(shop, 'twice', async () => {
    await shop.place(...wishes);
    await shop.ended(wishes);
  });
  shop.world.become('well');
}
