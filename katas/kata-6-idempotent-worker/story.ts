import {
  grouped,
  livesOfMessages,
  noted,
  type Delivery,
  type DrainedNote,
  type History,
  type Noted,
  type Operation,
  type PublishAnswer,
  type Published,
  type Settled,
} from '../../src/kata/index.js';
import { queue, type Payment } from './contract.js';
import type {
  Audited,
  Away,
  Charge,
  Frozen,
  Held,
  Ledger,
  Stopped,
  Stopping,
  Unanswered,
} from './notes.js';

/** Everything that is known of one message, all its copies together. */
export interface Told {
  readonly id: string;
  readonly payment: Payment;
  readonly publications: readonly Operation<Published, PublishAnswer>[];
  readonly deliveries: readonly Noted<Delivery>[];
  /** Of its deliveries. */
  readonly settlements: readonly Noted<Settled>[];
  readonly rows: readonly Charge[];
  /** Copies still in the queue at the end. */
  readonly left: number;
}

export interface Story {
  readonly messages: readonly Told[];
  readonly deliveries: readonly Noted<Delivery>[];
  readonly settlements: readonly Noted<Settled>[];
  readonly held: readonly Noted<Held>[];
  readonly frozen: readonly (Frozen & { readonly line: number; readonly thawedOn: number })[];
  readonly audits: readonly Noted<Audited>[];
  /** While the broker was away. */
  readonly away: Noted<Away> | undefined;
  readonly unanswered: readonly Noted<Unanswered>[];
  readonly stop: Stop | undefined;
  readonly charges: readonly Charge[];
}

/** A worker that worked alone was told to stop while statements were held back. */
export interface Stop {
  readonly asked: Noted<Stopping>;
  /** The statements were let go. */
  readonly thawedOn: number;
  /** How it ended; undefined where it was not there any more. */
  readonly ended: Noted<EndedProgram> | undefined;
  readonly after: Noted<Stopped>;
}

interface EndedProgram {
  readonly kind: string;
  readonly tookMs: number;
}

export function readStory(history: History): Story {
  const ledger = history.notes<Ledger>('ledger')[0];
  const drained = history.notes<DrainedNote>('drained')[0];
  if (!ledger || !drained) throw new Error('the history has no ledger or no drained queue');
  const { charges } = ledger.value;
  const lives = livesOfMessages(history);
  const thawed = noted<{ id: string }>(history, 'thawed');
  const frozen = history.notes<Frozen>('frozen').map(({ value, line }) => ({
    ...{ ...value, line },
    thawedOn: thawed.find((one) => one.id === value.id && one.line > line)?.line ?? Infinity,
  }));
  const left = lives.left(queue);
  const rows = grouped(charges, ({ payment }) => payment);
  const messages = lives.published.map((id): Told => {
    const life = lives.of(id);
    const payment = life.publications[0]?.asked.body as Payment;
    return {
      id,
      payment,
      ...life,
      rows: rows.get(payment.payment) ?? [],
      left: left.get(id)?.length ?? 0,
    };
  });
  const held = noted<Held>(history, 'held');
  const { deliveries, settlements } = lives;
  const audits = noted<Audited>(history, 'audited');
  const away = noted<Away>(history, 'away')[0];
  const unanswered = noted<Unanswered>(history, 'unanswered');
  const stop = stopIn(history, frozen);
  const faults = { held, frozen, audits, away, unanswered };
  return { messages, deliveries, settlements, ...faults, stop, charges };
}

function stopIn(history: History, frozen: Story['frozen']): Stop | undefined {
  const asked = noted<Stopping>(history, 'stopping')[0];
  const after = noted<Stopped>(history, 'stopped')[0];
  if (!asked || !after) return undefined;
  const ended = noted<EndedProgram>(history, 'program-stopped').find(
    ({ line }) => line > asked.line && line < after.line,
  );
  const held = frozen.filter((one) => one.in === 'sigterm');
  const thawedOn = Math.max(asked.line, ...held.map((one) => one.thawedOn));
  return { asked, thawedOn, ended, after };
}
