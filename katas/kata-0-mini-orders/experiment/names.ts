import type { Lab } from '../../../src/kata/index.js';
import { earlyOrders, escaped, inPieces, known, noOrders, oddOrders } from '../contract.js';
import type { Order } from '../notes.js';
import { placing, placingAnother, placingNone, reading } from './requests.js';
import { atBoth, letters, type Replicas } from './replicas.js';

/** Slow enough that the body comes in several pieces, with a character on some border of them. */
const piecesPerSecond = { bytesPerSecond: 2_500, direction: 'to-server' } as const;

/** Both say 404; one places it, and the other is asked at once. */
export async function askTooEarly(lab: Lab, replicas: Replicas): Promise<readonly Order[]> {
  for (const [n, order] of earlyOrders.entries()) {
    const [here, there] = n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    const readAt = (at: 0 | 1): Promise<void> =>
      lab.oneByOne(replicas[at], [reading({ id: order.id, replica: letters[at] })]);
    await readAt(there);
    await readAt(here);
    await lab.oneByOne(replicas[here], [placing(order, letters[here])]);
    await readAt(there);
    await readAt(here);
  }
  return earlyOrders;
}

/** Neighbours go to the same replica. */
export async function sendOddNames(lab: Lab, replicas: Replicas): Promise<readonly Order[]> {
  const [a] = replicas;
  const wire = await lab.proxy(a);
  wire.limit(piecesPerSecond);
  const slowly = lab.oneByOne(wire, [placing(inPieces, 'A')]);
  await atBoth(replicas, (program, replica, at) => {
    const own = oddOrders.filter((_, n) => Math.floor(n / 2) % 2 === at);
    const requests = own.map((order) => placing(order, replica, { process: at + 1 }));
    const last = placing(escaped[at], replica, { process: at + 1, isEscaped: true });
    return lab.oneByOne(program, [...requests, last]);
  });
  await slowly;
  await wire.stop();
  return [...oddOrders, ...escaped, inPieces];
}

/** None of it leaves a trace; and a known id keeps its item. */
export async function refuseWhatIsNone(lab: Lab, [a, b]: Replicas): Promise<readonly Order[]> {
  const other = { ...known, item: 'kettle' };
  await Promise.all([
    lab.oneByOne(
      b,
      noOrders.map(({ id, rawBody }) => placingNone(rawBody, id, 'B')),
    ),
    lab.oneByOne(a, [
      placing(known, 'A', { process: 1 }),
      placingAnother(other, 'A'),
      reading({ id: known.id, replica: 'A' }, 1),
      placing(known, 'A', { process: 1 }),
    ]),
  ]);
  return [known];
}
