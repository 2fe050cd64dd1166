import type { Lab, Observer } from '../../../src/kata/index.js';
import { bindings, commands, events, roles } from '../contract.js';
import type { Unsettled } from '../notes.js';

const observed = 'plan.observed';

/** Every role's queue, with what it hears; and one of the lab's that hears everything. */
export async function layOutQueues({ broker }: Lab): Promise<Observer> {
  await broker.declareExchange(events, 'topic');
  await broker.declareExchange(commands, 'topic');
  for (const queue of [...roles, observed]) await broker.declareQueue(queue);
  for (const { queue, exchange, key } of bindings) await broker.bindQueue(queue, exchange, key);
  await broker.bindQueue(observed, events, '#');
  await broker.bindQueue(observed, commands, '#');
  return broker.observe(observed);
}

/** Once all have ended. */
export async function drainQueues(lab: Lab): Promise<void> {
  for (const role of roles) {
    const left = await lab.broker.drain(role);
    if (left.length === 0) continue;
    const orders = left
      .map(({ body }) => (body as { order?: unknown } | null)?.order)
      .filter((order) => typeof order === 'string');
    lab.note('unsettled', { role, orders } satisfies Unsettled);
  }
}
