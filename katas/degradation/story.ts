import {
  grouped,
  noted,
  readPulses,
  type History,
  type Noted,
  type Operation,
  type PoolBegunNote,
  type PoolCallNote,
  type PoolEndedNote,
  type PoolWatchNote,
  type Pulses,
} from '../../src/kata/index.js';
import { routes, scenes, settlesWithinMs, type Route, type Scene } from './contract.js';
import type { Answered, Asked, Part, PartNote } from './notes.js';
import type { Call, Request } from './story/requests.js';
import { eachItsOwnCalls } from './story/shares.js';

export type { Call, Request };

export interface Story {
  /** In the order in which they were sent. */
  of(scene: Scene): readonly Request[];
  readonly all: readonly Request[];
  /** Calls for which there was no request. */
  readonly strays: readonly (PoolCallNote & { readonly line: number })[];
  /** When a part of an act began; Infinity where it never did. */
  began(scene: Scene, part: Part): number;
  pulses(scene: Scene): Pulses;
  readonly watches: readonly Noted<PoolWatchNote>[];
  readonly played: readonly Scene[];
}

export function readStory(history: History): Story {
  const { calls, paths } = callsOf(history);
  const sent = routes
    .flatMap((route) =>
      history.operations<Asked, Answered>(route).map((one) => requestOf(one, route, calls)),
    )
    .sort((a, b) => a.start - b.start);
  const all = eachItsOwnCalls(sent);
  const byScene = grouped(all, ({ scene }) => scene);
  const parts = noted<PartNote>(history, 'part');
  const beats = grouped(history.operations<{ scene: Scene }>('pulse'), ({ asked }) => asked.scene);
  const asked = new Set(all.map(({ route, id }) => `/${route}/${id}`));
  return {
    all,
    of: (scene) => byScene.get(scene) ?? [],
    strays: paths.filter(({ path }) => !asked.has(bare(path))),
    began: (scene, part) =>
      parts.find((one) => one.scene === scene && one.part === part)?.at ?? Number.POSITIVE_INFINITY,
    pulses: (scene) =>
      readPulses(
        (beats.get(scene) ?? [])
          .filter(({ outcome }) => outcome === 'ok')
          .map(({ start, end }) => ({ due: start, came: end })),
      ),
    watches: noted<PoolWatchNote>(history, 'pool-watch'),
    played: scenes.filter((scene) => byScene.has(scene)),
  };
}

const bare = (path: string): string => path.split('?', 1)[0] ?? '';

function callsOf(history: History): {
  calls: ReadonlyMap<string, readonly Call[]>;
  paths: readonly (PoolCallNote & { readonly line: number })[];
} {
  const key = ({ pool, n }: { pool: string; n: number }): string => `${pool} ${n}`;
  const begun = new Map(
    noted<PoolBegunNote>(history, 'pool-begun').map((one) => [key(one), one.at]),
  );
  const ended = new Map(noted<PoolEndedNote>(history, 'pool-ended').map((one) => [key(one), one]));
  const paths = noted<PoolCallNote>(history, 'pool-call');
  const calls = paths.map((one): Call & { path: string } => {
    const end = ended.get(key(one));
    return {
      ...{
        n: one.n,
        service: one.service,
        at: one.at,
        line: one.line,
        deadline: one.deadline,
        path: bare(one.path),
      },
      begun: begun.get(key(one)) ?? Number.POSITIVE_INFINITY,
      end: end?.at ?? Number.POSITIVE_INFINITY,
      how: end?.how,
      value: (end?.body as { value?: number } | undefined)?.value,
    };
  });
  return { calls: grouped(calls, ({ path }) => path), paths };
}

function requestOf(
  { asked, start, end, answer, completedOn, invokedOn }: Operation<Asked, Answered>,
  route: Route,
  calls: ReadonlyMap<string, readonly Call[]>,
): Request {
  return {
    ...asked,
    ...{ route, start, end },
    answer: answer ?? undefined,
    calls: calls.get(`/${route}/${asked.id}`) ?? [],
    line: completedOn ?? invokedOn,
  };
}

export const tookMs = ({ start, end }: Pick<Request, 'start' | 'end'>): number =>
  (end - start) / 1000;

export const isGood = ({ answer }: Request): boolean => answer?.status === 200;

/** Good, and while the client still waits. */
export const isInTime = (request: Request): boolean =>
  isGood(request) && tookMs(request) <= request.withinMs;

export const isRefused = ({ answer }: Request): boolean =>
  answer?.status === 429 || answer?.status === 503;

/** Also of one that hung up: it had not been refused. */
export const wasCalled = ({ calls }: Request): boolean => calls.length > 0;

export const saidOf = ({ answer }: Request): string =>
  answer === undefined ? '–' : String(answer.status);

export const shown = (ms: number): string => (Number.isFinite(ms) ? String(Math.round(ms)) : '∞');

/** Sent and answered before there was any trouble. */
export const quietOf = (story: Story, scene: Scene): readonly Request[] =>
  story
    .of(scene)
    .filter(
      ({ part, end, sort }) =>
        part === 'quiet' &&
        end < story.began(scene, 'trouble') &&
        (sort === 'crowd' || sort === 'polite'),
    );

/** First tries that were sent once all should have settled. */
export function settled(story: Story, scene: Exclude<Scene, 'flood'>): readonly Request[] {
  const from = story.began(scene, 'after') + 1000 * settlesWithinMs[scene];
  return story.of(scene).filter(({ start, attempt }) => start >= from && attempt === 1);
}

/** Share of the workers' time between two moments that was worked, from 0 to 1. */
export function busyShare(
  story: Story,
  scene: Scene,
  { from, until, workers }: { from: number; until: number; workers: number },
): number {
  const worked = story
    .of(scene)
    .flatMap(({ calls }) => calls)
    .reduce(
      (sum, { begun, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(begun, from)),
      0,
    );
  return until > from ? worked / (workers * (until - from)) : 0;
}

/** Every share below of the values is no larger. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
