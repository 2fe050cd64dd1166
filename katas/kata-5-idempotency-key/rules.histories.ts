import type { CheckResult } from '../../src/kata/index.js';
import { HistoryWriter } from '../../test/support/history.js';
import { payment, scenes, type Asked, type Scene } from './contract.js';
import type { Charge, UnclearKey } from './notes.js';
import { check } from './rules.js';

/** For tests: histories of programs, right and wrong, told by hand. */

/** One request and what it was told; without a status its connection broke. */
export interface Step {
  asked: Asked;
  status?: number;
  body?: unknown;
}

export interface Tale {
  steps: Step[];
  /** Those under way at the same time, before all others. */
  atOnce: Step[];
  charges: Charge[];
  missed: Scene[];
  /** How many of those at once were answered before any charge could be made. */
  early?: number;
  unclear?: UnclearKey;
  /** After this step it was noted that this key still has no answer. */
  stillOpen?: { after: Step; asked: Asked };
}

export function done(asked: Asked, id = `id-${asked.order}-${asked.client}`): Step {
  return { asked, status: 201, body: { id, order: asked.order, amount: asked.amount } };
}

export const told = (asked: Asked, status: number): Step => ({ asked, status, body: { status } });
export const lost = (asked: Asked): Step => ({ asked });

export function row({ asked, body }: Step): Charge {
  const { id } = body as { id: string };
  return { id, client: asked.client, order: asked.order, amount: asked.amount };
}

export const about = (scene: Scene): Asked => payment(scene);
export const instalment: Asked = { ...about('instalments'), key: 'k-instalments-2' };
/** Comes while those at once are under way. */
export const dearer: Asked = {
  ...payment('other-at-once', { key: 'k-at-once', order: 'o-at-once' }),
  amount: 9_900,
};
const retried = (scene: Scene): Step[] => [lost(about(scene)), done(about(scene))];
export const later: Asked = { ...about('expired'), life: 2 };
export const dear: Asked = { ...about('other-payload'), amount: 9_900 };
export const theirs: Asked = { ...about('two-clients'), client: 'c-2' };

/** What a right program answers. */
export function rightTale(): Tale {
  const atOnce = [
    done(about('at-once')),
    told(about('at-once'), 409),
    lost(about('at-once')),
    told(dearer, 409),
  ];
  const steps = [
    told({ ...about('no-key'), key: null }, 400),
    told({ ...about('invalid'), amount: 0 }, 400),
    done(about('invalid')),
    done(about('quotes')),
    done(about('quotes')),
    done(about('other-payload')),
    told(dear, 422),
    done(about('other-payload')),
    done(about('two-clients')),
    done(theirs),
    told(about('declined'), 402),
    told(about('declined'), 402),
    ...retried('response-lost'),
    ...retried('request-lost'),
    done(about('slow')),
    done(about('slow')),
    done(about('at-once')),
    told(about('session-lost'), 500),
    done(about('session-lost')),
    ...retried('crash-before-charge'),
    lost(about('crash-after-charge')),
    told(about('crash-after-charge'), 409),
    done(about('crash-after-charge')),
    ...retried('crash-before-answer'),
    ...retried('gave-up'),
    done(about('instalments'), 'id-one'),
    done(instalment, 'id-two'),
    done(about('instalments'), 'id-one'),
    done(about('expired')),
    done(later, 'id-later'),
  ];
  const charges = new Map(
    [...atOnce, ...steps].filter(({ status }) => status === 201).map((s) => [row(s).id, row(s)]),
  );
  return { steps, atOnce, charges: [...charges.values()], missed: [] };
}

export function judge(
  { steps, atOnce, charges, missed, early = 0, unclear, stillOpen }: Tale,
  firstLine = 1,
): CheckResult {
  const writer = new HistoryWriter();
  const ops = atOnce.map(({ asked }, process) => writer.invoke(process, 'pay', asked));
  atOnce.forEach((step, n) => {
    if (n === early) writer.note('charge-let-go', { order: step.asked.order });
    complete(writer, ops[n] as number, step);
  });
  for (const step of steps) {
    complete(writer, writer.invoke(0, 'pay', step.asked), step);
    if (step === stillOpen?.after) {
      const { client, key } = stillOpen.asked;
      writer.note('still-open', { client, key });
    }
  }
  for (const scene of Object.keys(scenes) as Scene[])
    writer.note('scene', { scene, met: !missed.includes(scene) });
  if (unclear) writer.note('unclear-key', unclear);
  writer.note('final', { charges });
  return check(writer.history(firstLine));
}

function complete(writer: HistoryWriter, op: number, { status, body }: Step): void {
  if (status === undefined) writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
  else writer.complete(op, status === 201 ? 'ok' : 'fail', { status, body });
}

export function broken(tale: Tale): string[] {
  return judge(tale)
    .findings.filter((one) => !one.holds)
    .map((one) => one.invariant);
}

export function witnessOf(tale: Tale, invariant: string) {
  return judge(tale).findings.find((one) => one.invariant === invariant)?.witness;
}
