import type { Text } from '../i18n/text.js';
import type { Kata, LanguageId } from './define.js';
import type { ServiceName } from './services.js';

/** A part that a program of its own plays in a kata of several services. */
export interface Role {
  readonly title: Text;
  /** Languages with a reference of every strategy; the first is the default. */
  readonly languages: readonly LanguageId[];
  /** Of those that the kata needs; all where this is left out. */
  readonly services?: readonly ServiceName[];
  /** `POST /payments`: what other roles may call. They are told its address where there are any. */
  readonly routes?: readonly string[];
  /** `GET /orders/{id}`: what clients call, and no other role. */
  readonly clientRoutes?: readonly string[];
  /** What it takes its messages from; the experiment declares it. */
  readonly queue?: string;
  /** The plan does not ask the learner for it: a reference beside what is to be written. */
  readonly given?: boolean;
}

export type Roles = Readonly<Record<string, Role>>;

/** The one part of a kata that names none. */
export const soleRole = '';

/** The parts that programs play, in the kata's order. */
export function rolesOf({ programs }: Pick<Kata, 'programs'>): readonly string[] {
  return programs === undefined ? [soleRole] : Object.keys(programs);
}

/** Those that the plan asks the learner for; undefined of a kata of one program. */
export function askedRoles({ programs }: Pick<Kata, 'programs'>): readonly string[] | undefined {
  if (programs === undefined) return undefined;
  return Object.entries(programs).flatMap(([role, { given = false }]) => (given ? [] : [role]));
}

/** What tells a program the address of a neighbour: `PAYMENT_URL`. */
export function addressVariable(role: string): string {
  return `${role.replaceAll('-', '_').toUpperCase()}_URL`;
}

/** Note `shared-login`: a server lets us make no user of the role's own, so it comes in as the lab. */
export interface SharedLoginNote {
  readonly service: ServiceName;
  readonly role: string;
}
