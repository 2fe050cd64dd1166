/** What the lab tells an implementation: katas/CONTRACT.md, first section. */
export interface Environment {
  readonly port: number;
  readonly databaseUrl: string;
  readonly strategy: string;
  /** As SQL says it: `READ COMMITTED`. */
  readonly isolation: Isolation;
  /** Retries of a transaction, not counting its first attempt. */
  readonly retries: number;
  /** Between reading and writing, milliseconds. */
  readonly thinkMs: number;
}

const isolations = {
  'read-committed': 'READ COMMITTED',
  'repeatable-read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
} as const;

export type Isolation = (typeof isolations)[keyof typeof isolations];

/** @throws Error that names the variable and what it must be */
export function readEnvironment(from: NodeJS.ProcessEnv = process.env): Environment {
  return {
    port: integer(from, 'PORT', undefined, 65_535),
    databaseUrl: text(from, 'DATABASE_URL'),
    strategy: text(from, 'PLAN_STRATEGY', 'naive'),
    isolation: isolation(text(from, 'PLAN_ISOLATION', 'read-committed')),
    retries: integer(from, 'PLAN_RETRIES', 50),
    thinkMs: integer(from, 'PLAN_THINK_MS', 5),
  };
}

function text(from: NodeJS.ProcessEnv, name: string, fallback?: string): string {
  const value = from[name] ?? fallback;
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

function integer(
  from: NodeJS.ProcessEnv,
  name: string,
  fallback?: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const value = text(from, name, fallback?.toString());
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > max)
    throw new Error(`${name} must be a whole number from 0 to ${max}, not "${value}"`);
  return number;
}

function isolation(name: string): Isolation {
  if (Object.hasOwn(isolations, name)) return isolations[name as keyof typeof isolations];
  const names = Object.keys(isolations).join(', ');
  throw new Error(`PLAN_ISOLATION must be one of ${names}, not "${name}"`);
}
