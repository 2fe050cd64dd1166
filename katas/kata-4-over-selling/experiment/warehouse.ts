import type { ClientRequest, Lab, Program } from '../../../src/kata/index.js';
import { restock, stockUp } from './counter.js';
import { purchase } from './requests.js';

const sku = 'sku-plenty';
const buyers = 10;
/** So often each of them buys, one after the other: somebody always has not been answered yet. */
const times = 4;
/** The warehouse adds a unit after so many answers. */
const each = 3;

/**
 * There is plenty all the while, and the warehouse writes to the row in the middle of the sale: who
 * sets the stock to what it once read, less its own, takes the warehouse's units away.
 */
export async function sellWhileItRestocks(
  lab: Lab,
  shop: Program,
  limits: { answerWithinMs: number },
): Promise<void> {
  await stockUp(lab, sku, 2 * buyers * times);
  const deliveries: Promise<void>[] = [];
  let answers = 0;
  const deliverAfter = (request: ClientRequest): ClientRequest => ({
    ...request,
    read(answer) {
      answers += 1;
      if (answers % each === 0) {
        const delivery = restock(lab, sku, 1);
        // It is awaited at the end, and must not be a rejection that nobody handles until then.
        delivery.catch(() => undefined);
        deliveries.push(delivery);
      }
      return request.read(answer);
    },
  });
  const buying = Array.from({ length: buyers }, (_, buyer) => {
    const wants = Array.from({ length: times }, (_, time) =>
      purchase(buyer, { buyer: `w-${buyer + 1}-${time + 1}`, sku, quantity: 1 }),
    );
    return lab.oneByOne(shop, wants.map(deliverAfter), limits);
  });
  await Promise.all(buying);
  await Promise.all(deliveries);
}
