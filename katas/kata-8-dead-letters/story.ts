import {
  drainedOf,
  grouped,
  livesOfMessages,
  noted,
  type BrokerFault,
  type ChannelClosed,
  type Delivery,
  type Disconnected,
  type DrainedNote,
  type History,
  type Noted,
  type Operation,
  type PublishAnswer,
  type Published,
  type Received,
  type RelayedConfirm,
  type RelayedPublication,
  type Settled,
  type UpstreamCall,
} from '../../src/kata/index.js';
import { attempts, deadLetters, shipmentIn, work, type Cast } from './contract.js';
import type { Alone, Answered, CastNote, Cut, Killed, Replaced, Restarted } from './notes.js';

export interface Call {
  readonly line: number;
  /** Microseconds since the case began. */
  readonly at: number;
  /** Undefined where it never came to an answer. */
  readonly answer: Noted<Answered> | undefined;
}

/** Everything that is known of one message. */
export interface Told extends Cast {
  readonly publication: Operation<Published, PublishAnswer> | undefined;
  readonly calls: readonly Call[];
  readonly deliveries: readonly Noted<Delivery>[];
  readonly settlements: readonly Noted<Settled>[];
  /** By the worker: copies for later, or for the dead letters; with the line of the confirm. */
  readonly copies: readonly (Noted<RelayedPublication> & { readonly confirmedOn: number })[];
  readonly dead: readonly Received[];
  /** Copies still in `work` at the end. */
  readonly left: number;
  /**
   * How often it was taken from the worker while in hand, or may have been: a connection ended, and
   * perhaps an acknowledgement with it; or the broker was killed before that was on disk. It comes
   * again then, be it done or not, or copied already.
   */
  readonly cutOff: number;
}

export interface Story {
  readonly messages: readonly Told[];
  /** Calls that are of none of them. */
  readonly strayCalls: readonly Noted<UpstreamCall>[];
  /** Dead letters that are none of them. */
  readonly strayLetters: readonly Received[];
  readonly settlements: readonly Noted<Settled>[];
  /** Acts that began; runs stored before the lab knew an act did not play it. */
  readonly played: ReadonlySet<string>;
  /** Lines between which nothing was held back, and nothing broken. */
  readonly flood: { readonly from: number; readonly until: number };
  /** Those that failed when nothing else waited. */
  readonly alone: ReadonlySet<string>;
  readonly cut: Noted<Cut> | undefined;
  readonly killed: Noted<Killed> | undefined;
  readonly replaced: Noted<Replaced> | undefined;
  /** The line on which that worker had ended: whatever comes after it is its successor's. */
  readonly succeededOn: number;
  readonly restarted: Noted<Restarted> | undefined;
  /** Lines of the notes `drained`, by queue. */
  readonly drainedOn: ReadonlyMap<string, number>;
}

export function readStory(history: History): Story {
  const cast = history.notes<CastNote>('cast').flatMap(({ value }) => value.cast);
  const drained = history.notes<DrainedNote>('drained');
  const letters = drainedOf(history, deadLetters);
  const lives = livesOfMessages(history);
  const restarted = noted<Restarted>(history, 'restarted')[0];
  const replaced = noted<Replaced>(history, 'replaced')[0];
  const killed = noted<Killed>(history, 'killed')[0];
  const ended = history.notes('program-stopped').map(({ line }) => line);
  const ids = new Set(cast.map(({ id }) => id));
  const shipments = new Set(cast.map(({ shipment }) => shipment));
  const calls = noted<UpstreamCall>(history, 'upstream-call');
  const known = {
    calls: grouped(callsOf(history), ({ shipment }) => shipment),
    copies: grouped(copiesOf(history), ({ id }) => id),
    dead: grouped(letters, ({ id }) => id),
    left: lives.left(work),
    cutOff: grouped([...cutOffs(history, restarted, killed), ...undone(history)], (id) => id),
  };
  const messages = cast.map((one): Told => {
    const { publications, deliveries, settlements } = lives.of(one.id);
    const dead = known.dead.get(one.id) ?? [];
    const taken = Math.max(
      known.cutOff.get(one.id)?.length ?? 0,
      cameBack(deliveries, settlements),
    );
    return {
      ...one,
      publication: publications[0],
      calls: one.shipment === undefined ? [] : (known.calls.get(one.shipment) ?? []),
      deliveries,
      settlements,
      copies: known.copies.get(one.id) ?? [],
      dead,
      left: known.left.get(one.id)?.length ?? 0,
      cutOff: Math.max(taken, crossed(deliveries, dead)),
    };
  });
  return {
    messages,
    strayCalls: calls.filter((call) => !shipments.has(shipmentIn(call) ?? '')),
    strayLetters: letters.filter(({ id }) => !ids.has(id)),
    settlements: lives.settlements,
    played: new Set(history.notes<{ act: string }>('act-began').map(({ value }) => value.act)),
    flood: floodOf(history),
    alone: new Set(history.notes<Alone>('alone').flatMap(({ value }) => value.ids)),
    ...{ killed, replaced, restarted, cut: noted<Cut>(history, 'cut')[0] },
    succeededOn: ended.find((line) => line > (replaced?.line ?? Infinity)) ?? Infinity,
    drainedOn: new Map(drained.map(({ value, line }) => [value.queue, line])),
  };
}

function floodOf(history: History): Story['flood'] {
  const lineOf = (f: string): number | undefined =>
    history.notes<{ act: string }>(f).find(({ value }) => value.act === 'poison-flood')?.line;
  const from = lineOf('act-began') ?? Infinity;
  return { from, until: lineOf('act-ended') ?? Infinity };
}

function callsOf(history: History): (Call & { shipment: string | undefined })[] {
  const answers = new Map(noted<Answered>(history, 'answered').map((one) => [one.n, one]));
  return history.notes<UpstreamCall>('upstream-call').map(({ value, at, line }) => ({
    ...{ at, line, shipment: shipmentIn(value) },
    answer: answers.get(value.n),
  }));
}

function copiesOf(history: History): Told['copies'] {
  const confirms = new Map(
    noted<RelayedConfirm>(history, 'amqp-confirmed')
      .filter(({ how }) => how === 'ack')
      .map(({ publication, line }) => [publication, line]),
  );
  return noted<RelayedPublication>(history, 'amqp-published').map((copy) => ({
    ...copy,
    confirmedOn: confirms.get(copy.publication) ?? Infinity,
  }));
}

/** Once for each broken connection or channel; without a tap, those that were in hand on purpose. */
function cutOffs(
  history: History,
  restarted: Restarted | undefined,
  killedWith: Killed | undefined,
): string[] {
  const ends = [
    ...history.notes<Disconnected>('amqp-disconnected'),
    ...history.notes<ChannelClosed>('amqp-channel-closed'),
  ];
  if (ends.length > 0) return ends.flatMap(({ value }) => [...new Set(value.unacked)]);
  const isDown = restarted?.how === 'kill' || restarted?.how === 'stop';
  return [...(isDown ? restarted.inHand : []), ...(killedWith?.inHand ?? [])];
}

/**
 * A broker that is killed may forget that a message left a queue, up to some 600 ms before: an acknowledgement, and the way out of a queue in which a copy had waited.
 * Once for each, whichever it forgets.
 */
function undone(history: History): string[] {
  const kills = history.notes<BrokerFault>('fault').filter(({ value }) => value.kind === killed);
  if (kills.length === 0) return [];
  const first = new Set<string>();
  const leftQueue = [
    ...history.notes<Settled>('amqp-settled').filter(({ value }) => value.how !== 'requeue'),
    ...history.notes<Delivery>('amqp-delivered').filter(({ value: { id, redelivered } }) => {
      const isFirst = !first.has(id);
      first.add(id);
      return !isFirst && !redelivered;
    }),
  ];
  return leftQueue
    .filter(({ at }) => kills.some((kill) => at <= kill.at && kill.at - at <= forgottenUs))
    .flatMap(({ value: { id } }) => id ?? []);
}

const killed: BrokerFault['kind'] = 'broker-killed';
const forgottenUs = 1_000_000;

/** Deliveries of what had been delivered before, though nobody had asked for it again. */
function cameBack(deliveries: readonly Delivery[], settlements: readonly Settled[]): number {
  const again = deliveries.filter(({ redelivered }) => redelivered).length;
  return Math.max(0, again - settlements.filter(({ how }) => how === 'requeue').length);
}

/**
 * The broker gave it up after so many deliveries, and fewer were seen: one was on its way as the worker
 * said goodbye, came to nobody, and was counted all the same.
 */
function crossed(deliveries: readonly Delivery[], dead: readonly Received[]): number {
  const isAtLimit = dead.some(({ deaths }) =>
    deaths.some(({ queue, reason }) => queue === work && reason === 'delivery_limit'),
  );
  return isAtLimit && deliveries.length > 0 ? Math.max(0, attempts - deliveries.length) : 0;
}
