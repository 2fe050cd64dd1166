import {
  grouped,
  noted,
  type DrainedNote,
  type History,
  type Operation,
  type PublishAnswer,
  type Published,
  type Received,
} from '../../src/kata/index.js';
import { groups, type Group } from './contract.js';
import type { ChargeNote, EndNote, OutageNote, StrayNote } from './notes.js';

export interface Charge extends ChargeNote {
  /** Microseconds. */
  readonly at: number;
  readonly line: number;
}

/** Everything that is known of one message. */
export interface Told {
  readonly id: string;
  readonly group: Group;
  readonly published: Operation<Published, PublishAnswer>;
  readonly charges: readonly Charge[];
  readonly success: Charge | undefined;
  /** As it lay in `work.failed`, as often as it lay there. */
  readonly failed: readonly Received[];
  /** Still in `work` at the end. */
  readonly left: boolean;
}

export interface Story {
  readonly messages: readonly Told[];
  readonly of: (group: Group) => readonly Told[];
  readonly charges: readonly Charge[];
  /** Of ids that nobody published. */
  readonly strangers: readonly Received[];
  readonly stray: readonly (StrayNote & { readonly line: number })[];
  /** Microseconds; undefined where the dependency was never asked for one of its group. */
  readonly outage: { readonly from: number; readonly until: number } | undefined;
  /** When the first pulse was due, microseconds. */
  readonly pulseFrom: number;
  readonly end: EndNote & { readonly at: number };
  readonly history: History;
}

export function readStory(history: History): Story {
  const drained = new Map(
    history.notes<DrainedNote>('drained').map(({ value }) => [value.queue, value.messages]),
  );
  const [end] = history.notes<EndNote>('end');
  const [outage] = history.notes<OutageNote>('outage');
  const [begin] = history.notes('pulse-begins');
  const [left, failed] = [drained.get('work'), drained.get('work.failed')];
  if (!end || !begin || !left || !failed) throw new Error('the history has no end');
  const charges = noted<ChargeNote>(history, 'charge');
  const chargesOf = grouped(charges, ({ id }) => id);
  const failedOf = grouped(failed, ({ id }) => id);
  const leftOf = grouped(left, ({ id }) => id);
  const messages = history.operations<Published, PublishAnswer>('publish').map((published) => {
    const { id } = published.asked;
    const own = chargesOf.get(id) ?? [];
    return {
      id,
      group: groups.find((name) => id.startsWith(`${name}-`)) ?? 'random',
      published,
      charges: own,
      success: own.find(({ status }) => status === 201),
      failed: failedOf.get(id) ?? [],
      left: leftOf.has(id),
    } satisfies Told;
  });
  const known = new Set(messages.map(({ id }) => id));
  return {
    messages,
    of: (group) => messages.filter((told) => told.group === group),
    charges,
    strangers: failed.filter(({ id }) => !known.has(id)),
    stray: noted<StrayNote>(history, 'stray-call'),
    outage: outage && { from: outage.at, until: outage.at + outage.value.forMs * 1000 },
    pulseFrom: begin.at,
    end: { ...end.value, at: end.at },
    history,
  };
}
