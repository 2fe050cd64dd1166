import { duties, type RoleName } from '../contract.js';
import type { Final, Interposed } from '../notes.js';
import type { Story, Tale } from '../story.js';

/** Every command about an order leaves a row of it here, also one that comes too early or too late. */
const rowsOf: Readonly<Partial<Record<RoleName, (final: Final) => readonly { order: string }[]>>> =
  {
    payments: ({ payments }) => payments,
    inventory: ({ reservations }) => reservations,
    shipping: ({ parcels }) => parcels,
  };

export interface Unheeded {
  readonly name: string;
  readonly role: RoleName;
}

/**
 * A command with fields of a newer version after which whom it is for has nothing in its books, and
 * nothing of it in its queue either: however slow the machine was, it was thrown away.
 */
export function unheeded(
  { interposed, final, unsettled }: Story,
  { id }: Tale,
): Unheeded | undefined {
  for (const { how, name, order } of interposed) {
    const role = roleOf(name);
    if (how !== 'newer' || order !== id || role === undefined) continue;
    const has = rowsOf[role]?.(final).some((row) => row.order === id) ?? true;
    const waits = unsettled.some((one) => one.role === role && one.orders.includes(id));
    if (!has && !waits) return { name, role };
  }
  return undefined;
}

/** So long, at worst, the lab itself kept a message back that it was only to change, milliseconds. */
export function keptByLabMs({ interposed, messages }: Story): number {
  const kept = interposed.map(({ how, name, order, at }) => {
    if (how !== 'newer' || order === undefined) return 0;
    const came = messages.findLast(
      (one) => one.name === name && one.order === order && one.at <= at,
    );
    return at - (came?.at ?? at);
  });
  return Math.max(0, ...kept) / 1000;
}

const roleOf = (name: Interposed['name']): RoleName | undefined =>
  Object.hasOwn(duties, name) ? duties[name as keyof typeof duties] : undefined;
