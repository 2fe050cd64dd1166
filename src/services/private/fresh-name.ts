import { randomBytes } from 'node:crypto';

/** `plan_naive_node_3f9a…`, below the 63 bytes at which PostgreSQL cuts names. */
export function freshName(label: string): string {
  const readable = label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return `plan_${readable.slice(0, 40)}_${randomBytes(6).toString('hex')}`;
}
