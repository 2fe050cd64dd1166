import type { StartOptions } from '../../kata/lab.js';
import { addressVariable, soleRole } from '../../kata/roles.js';
import type { Kata } from '../../kata/define.js';
import { choosePort } from '../../base/port.js';

/**
 * Where the roles of a system find each other. A role that others may call keeps its port however
 * often it is started, so that what its neighbours were told stays true.
 */
export class Neighbours {
  readonly #ports: ReadonlyMap<string, number>;
  readonly #held = new Set<string>();

  private constructor(ports: ReadonlyMap<string, number>) {
    this.#ports = ports;
  }

  static async of({ programs = {} }: Pick<Kata, 'programs'>): Promise<Neighbours> {
    const ports = new Map<string, number>();
    for (const [role, { routes = [] }] of Object.entries(programs))
      if (routes.length > 0) ports.set(role, await choosePort('program'));
    return new Neighbours(ports);
  }

  /** `PAYMENT_URL` and the like. */
  environmentOf(role: string, others: StartOptions['neighbours'] = {}): Record<string, string> {
    const told = [...this.#ports].filter(([name]) => name !== role);
    return Object.fromEntries(
      told.map(([name, port]) => [
        addressVariable(name),
        others[name]?.url ?? `http://127.0.0.1:${port}`,
      ]),
    );
  }

  /** The role's port until it is let go; undefined for its further replicas: any will do. */
  hold(role: string): { readonly port: number; readonly letGo: () => void } | undefined {
    const port = this.#ports.get(role);
    if (port === undefined || role === soleRole || this.#held.has(role)) return undefined;
    this.#held.add(role);
    return { port, letGo: () => void this.#held.delete(role) };
  }
}
