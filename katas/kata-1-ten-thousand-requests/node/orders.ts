import { BadRequest, type Reply } from '../../kit/node/serve.js';
import type { Routes } from '../../kit/node/routes.js';

/** Waits as a query, or a call to another service, would. */
export type Wait = () => Promise<void>;

/** How the program is spread over the machine, and what a wait does to the others. */
export type Strategy = (conditions: {
  readonly ioMs: number;
  /** @param ready what to wait for before the port is opened */
  readonly serve: (wait: Wait, ready?: () => Promise<void>) => void;
}) => void;

export function orders(wait: Wait, cpuSteps: number): Routes {
  return {
    'POST /orders': async (body): Promise<Reply> => {
      const { id, amount } = readOrder(body);
      await wait();
      return { status: 201, body: { id, amount, checksum: checksum(id, cpuSteps) } };
    },
  };
}

/** By definition of this kata: a microsecond of CPU is so many steps, in every language. */
export const stepsPerMicrosecond = 400;

/** FNV-1a of the id, then one step after the other: none of them can be left out or done at once. */
export function checksum(id: string, steps: number): number {
  let x = 0x811c9dc5;
  for (const byte of Buffer.from(id)) x = Math.imul(x ^ byte, 0x01000193);
  for (let step = 0; step < steps; step += 1) x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 1) | 0;
  return x >>> 0;
}

function readOrder(body: unknown): { id: string; amount: number } {
  const { id, amount } = (body ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new BadRequest('id must be a text');
  if (!isAmount(amount)) throw new BadRequest('amount must be a whole number from 1');
  return { id, amount };
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
