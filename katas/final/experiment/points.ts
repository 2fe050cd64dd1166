import type { FreezePoint } from '../../../src/kata/index.js';
import type { RoleName } from '../contract.js';
import type { Wish } from '../notes.js';

/**
 * Where a service is in the middle of an order that has an article of its own: who waits for that keeps no other
 * order waiting. Payments does not know addresses; there nobody else is to come until it stands.
 */
export function standsAt(role: RoleName, { address, sku }: Wish): FreezePoint {
  switch (role) {
    case 'orders':
      return { table: 'orders', on: 'update', when: `NEW.address = '${address}'` };
    case 'payments':
      return { table: 'payments', on: 'insert', first: 1 };
    case 'inventory':
      return { table: 'reservations', on: 'insert', when: `NEW.sku = '${sku}'` };
    default:
      return { table: 'parcels', on: 'insert', when: `NEW.address = '${address}'` };
  }
}
