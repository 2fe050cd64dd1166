import type { Sent } from '../notes.js';
import { refused } from './requests.js';
import type { Shop } from './shop.js';

/** One client after the other: with a context, without, with one that is none; ids of all kinds. */
export async function contexts(shop: Shop): Promise<void> {
  const of = (more: Omit<Sent, 'order' | 'act' | 'sku'>): Sent => shop.order('contexts', more);
  const sampled = { context: 'sampled' } as const;
  const invalid = { context: 'invalid' } as const;
  const orders = [
    of({ context: 'none' }),
    of({ context: 'none', requestId: 'client-chose.this_1' }),
    of({ ...sampled, traceparent: shop.context('01') }),
    of({ ...sampled, traceparent: shop.context('01'), requestId: 'R2' }),
    // Of a later version: what version 00 knows of it is read.
    of({ ...sampled, traceparent: shop.context('01').replace(/^00/, '01') + '-later' }),
    of({ context: 'not-sampled', traceparent: shop.context('00') }),
    of({ context: 'not-sampled', traceparent: shop.context('00'), requestId: 'not-sampled-1' }),
    // Of the flags only the first says "sampled"; the second tells of the id's digits (level 2).
    of({ context: 'not-sampled', traceparent: shop.context('00').replace(/00$/, '02') }),
    of({ context: 'newer-flags', traceparent: shop.context('01').replace(/01$/, '03') }),
    of({ ...invalid, traceparent: `00-${'0'.repeat(32)}-${shop.hex(16)}-01` }),
    of({ ...invalid, traceparent: `00-${shop.hex(32)}-${'0'.repeat(16)}-01` }),
    of({ ...invalid, traceparent: shop.context('01').replace(/^00/, 'ff') }),
    of({ ...invalid, traceparent: shop.context('01').replace(/-(\w)(\w+)-/, '-A$2-') }),
    of({ ...invalid, traceparent: `00-${shop.hex(31)}-${shop.hex(16)}-01` }),
    of({ context: 'none', requestId: 'x'.repeat(200) }),
    of({ context: 'none', requestId: 'two words and a "quote"' }),
    of({ context: 'none', requestId: 'x'.repeat(64) }),
    shop.order('contexts', { context: 'none', suffix: ' "é\\', sku: 'a "lamp"\n{\\}' }),
  ];
  for (const order of orders) await shop.place(order);
  await shop.lab.oneByOne(shop.api, [
    refused(shop.client(), 'no JSON', '{"id": "o-1", '),
    refused(shop.client(), 'no quantity', '{"id": "o-1", "sku": "lamp"}'),
    refused(shop.client(), 'a fraction', '{"id": "o-1", "sku": "lamp", "quantity": 1.5}'),
  ]);
  await shop.stored(orders);
}
