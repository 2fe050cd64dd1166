import type { FaultEndedNote, FaultNote, History } from '../../../src/kata/index.js';
import { facts, isFact, roles, type RoleName } from '../contract.js';
import type { Away } from '../notes.js';

/** How long it took until a service, or all of them, told something again. */
export interface Recovery {
  /** `killed`: from `kill -9` on, its start by the lab included; else from when that was back. */
  readonly after: 'killed' | Away['what'];
  readonly role: RoleName;
  readonly ms: number;
}

interface Told {
  readonly name: string;
  /** Microseconds since the case began. */
  readonly at: number;
}

export function recoveriesIn(history: History, messages: readonly Told[]): Recovery[] {
  return [...afterKills(history, messages), ...afterAways(history, messages)];
}

function afterKills(history: History, messages: readonly Told[]): Recovery[] {
  const notes = (f: string) => history.notes<{ role?: RoleName }>(f);
  const [killed, started] = [notes('program-killed'), notes('program-started')];
  return killed.flatMap(({ at, value: { role } }) => {
    if (role === undefined) return [];
    const again = started.find((one) => one.value.role === role && one.at > at);
    const next = killed.find((one) => one.value.role === role && one.at > at);
    const told = again && firstOf(messages, role, again.at);
    if (told === undefined || (next && told > next.at)) return [];
    return [{ after: 'killed', role, ms: (told - at) / 1000 } as const];
  });
}

function afterAways(history: History, messages: readonly Told[]): Recovery[] {
  const aways = history.notes<Away>('away');
  return aways.flatMap(({ at, value: { what } }, n) => {
    const healed = lastHealed(history, at, aways[n + 1]?.at ?? Number.POSITIVE_INFINITY);
    if (healed === undefined) return [];
    return roles.flatMap((role) => {
      const told = firstOf(messages, role, healed);
      return told === undefined ? [] : [{ after: what, role, ms: (told - healed) / 1000 }];
    });
  });
}

/** When what was away between these was there again, for all who use it. */
function lastHealed(history: History, from: number, to: number): number | undefined {
  const holes = new Set(
    history.notes<FaultNote>('fault').flatMap(({ at, value: { n, kind } }) => {
      return kind === 'black-hole' && at >= from && at < to ? [n] : [];
    }),
  );
  const ended = history.notes<FaultEndedNote>('fault-ended').filter(({ value }) => {
    return holes.has(value.n);
  });
  return ended.at(-1)?.at;
}

function firstOf(messages: readonly Told[], role: RoleName, after: number): number | undefined {
  return messages.find(({ name, at }) => at > after && teller(name) === role)?.at;
}

const teller = (name: string): RoleName => (isFact(name) ? facts[name] : 'orders');
