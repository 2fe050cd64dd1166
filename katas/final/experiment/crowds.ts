import { steady, type ClientRequest, type Reading } from '../../../src/kata/index.js';
import type { Placed, Wish } from '../notes.js';
import { secondKeyOf } from './clients.js';
import { placing } from './requests.js';
import { ofEach, type Shop } from './shop.js';

const floodMs = 2_000;
/** Requests a second: of the flood, and of each of the others. */
const flooding = 60;
const polite = 3;
const others = ['ann', 'ben', 'cid', 'dan'];

/** One client sends far more than it may, under two keys that it has; the others go on as ever. Then it comes back as it was told. */
export async function flood(shop: Shop): Promise<void> {
  const { lab } = shop;
  const many = await shop.wishes('flood', (flooding * floodMs) / 1000 + 1, {
    ...{ ends: 'none', client: 'flood' },
  });
  const byOthers: Wish[] = [];
  for (let n = 0; n < (polite * others.length * floodMs) / 1000; n += 1)
    byOthers.push(await shop.wish('flood', { client: others[n % others.length] ?? 'ann' }));
  let lastSeconds = 1;
  const flooded = (n: number): ClientRequest => {
    const key = n % 2 === 0 ? {} : { apiKey: secondKeyOf('flood') };
    const request = placing(shop.process(), { ...(many[n] as Wish), sort: 'flood' }, key);
    return {
      ...request,
      read(answer): Reading {
        const reading = request.read(answer);
        const after = reading.outcome === 'fail' ? (reading.value as Placed).retryAfter : undefined;
        if (after !== undefined) lastSeconds = after;
        return reading;
      },
    };
  };
  const stream = (rate: number, next: (n: number) => ClientRequest) =>
    lab.open(shop.parts.orders.program, {
      ...{ profile: [steady(rate, floodMs)], users: 200, unmeasured: true, answerWithinMs: 10_000 },
      next: (_, n) => next(n),
    });
  await Promise.all([
    stream(flooding, flooded),
    stream(polite * others.length, (n) => shop.placing(byOthers[n] as Wish, 'bystander')),
  ]);
  await shop.pass('it comes back as it was told', 1000 * Math.min(lastSeconds, 5) + 50);
  await shop.ask(shop.placing(many.at(-1) as Wish, 'first'));
  await shop.ended(byOthers);
}

/** Five times the load of the calm day, of as many more clients. */
export async function overload(shop: Shop, count: number, users: number): Promise<void> {
  const wishes: Wish[] = [];
  for (let n = 0; n < 5 * count; n += 1)
    wishes.push(
      await shop.wish('overload', { disturbed: true, client: `crowd-${Math.floor(n / ofEach)}` }),
    );
  await shop.load(wishes, 5 * users);
  await shop.ended(wishes, 2 * shop.deadlineMs + 5_000);
  const after = await shop.wishes('overload', 4);
  await shop.place(...after);
  await shop.ended(after);
}
