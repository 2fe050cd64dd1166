import type { duties, Fact } from '../contract.js';
import type { Tale } from '../story.js';

type Duty = keyof typeof duties;

/** When somebody else than orders was awaited, microseconds since the case began. */
interface Delay {
  readonly from: number;
  readonly to: number;
}

/** No hiccup lasts so many times the deadline. */
const most = 2;

/**
 * Some hiccup of the machine is enough for one step that comes after the deadline, whatever the others
 * take. One that did come is the program's doing only where it came very late, or the same happens once
 * more, at another time.
 */
export function cameLateOnce(refused: readonly Tale[], tale: Tale, deadlineMs: number): boolean {
  const mine = delayOf(tale);
  if (!mine || cameVeryLate(tale, deadlineMs)) return false;
  return refused.every((other) => {
    const theirs = delayOf(other);
    return !theirs || (theirs.from <= mine.to && mine.from <= theirs.to);
  });
}

/** Somebody did what it was told, and let more than two deadlines go by before. */
export function cameVeryLate(tale: Tale, deadlineMs: number): boolean {
  const delay = delayOf(tale);
  return delay !== undefined && delay.to - delay.from > most * 1000 * deadlineMs;
}

/** Undefined where orders itself did not go on, or what it waited for never came. */
function delayOf({ messages }: Tale): Delay | undefined {
  const given = messages.find(({ name }) => name === 'OrderRejected');
  const asked = messages.findLast(({ name, at }) => given && at < given.at && answersTo(name));
  if (!given || !asked) return undefined;
  const answer = messages.find(({ name }) => answersTo(asked.name)?.includes(name));
  return answer && answer.at > given.at ? { from: asked.at, to: answer.at } : undefined;
}

const answers: Readonly<Partial<Record<Duty, readonly Fact[]>>> = {
  AuthorizePayment: ['PaymentAuthorized', 'PaymentDeclined'],
  ReserveStock: ['StockReserved', 'StockRejected'],
  BookParcel: ['ParcelBooked', 'ParcelRefused'],
};

const answersTo = (name: string): readonly string[] | undefined =>
  Object.hasOwn(answers, name) ? answers[name as Duty] : undefined;
