import type { ActNote } from '../../kata/acts.js';
import { History, type HistoryEvent } from '../../kata/history.js';
import { checkCase } from '../judge/case.js';
import type { Conditions } from './conditions.js';

/** Of an act that comes to nothing. */
const mostTimes = 3;
/** After so long in one case nothing is begun once more. */
const againWithinMs = 90_000;

type Playing = Pick<Conditions, 'kata' | 'planned' | 'recorder'> & {
  /** What else came of it is void. Returns whether it may be played once more. */
  readonly onVoid: () => boolean;
};

/**
 * Plays a named part of the experiment between its two notes, or leaves it out. One that says so is
 * played again where it neither held nor broke anything: that the machine was busy is no verdict.
 */
export async function playAct<T>(
  playing: Playing,
  act: string,
  play: (times: number) => Promise<T>,
): Promise<T | undefined> {
  const { kata, planned, recorder, onVoid } = playing;
  const own = Object.hasOwn(kata.acts ?? {}, act) ? kata.acts?.[act] : undefined;
  if (!own) throw new Error(`${kata.id} plays the act ${act}, which its acts do not name`);
  if (planned.acts && !planned.acts.includes(act)) return undefined;
  for (let times = 1; ; times += 1) {
    const from = recorder.events.length;
    recorder.note('act-began', { act } satisfies ActNote);
    const result = await play(times);
    recorder.note('act-ended', { act } satisfies ActNote);
    const isLast = own.again !== true || times >= mostTimes || tookMs(recorder) > againWithinMs;
    if (isLast || !cameToNothing(playing, act, recorder.events.slice(from)) || !onVoid())
      return result;
    recorder.note('act-again', { act } satisfies ActNote);
  }
}

const tookMs = ({ events }: Conditions['recorder']): number => (events.at(-1)?.at ?? 0) / 1000;

/** Judged as if it had been played alone. */
function cameToNothing(
  { kata, planned }: Playing,
  act: string,
  events: readonly HistoryEvent[],
): boolean {
  const last = { case: planned.index, at: events.at(-1)?.at ?? 0 };
  const complete = { ...last, type: 'note', f: 'experiment-complete', value: {} } as const;
  const history = new History([...events, complete]);
  const { options, strategy } = planned;
  const alone = { options, strategy, acts: [act], expected: { verdict: 'holds' } as const };
  return checkCase(kata, history, alone).verdict === 'inconclusive';
}
