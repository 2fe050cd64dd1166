/** What the lab tells an implementation: katas/CONTRACT.md, first section. */
export interface Environment {
  readonly port: number;
  /** A whole number from 0, such as `PLAN_THINK_MS`. @throws Error that names the variable */
  integer(name: string, fallback?: number): number;
  /** Such as `DATABASE_URL`: only programs that use it ask for it. @throws Error that names it */
  text(name: string, fallback?: string): string;
}

/** @throws Error that names the variable and what it must be */
export function readEnvironment(from: NodeJS.ProcessEnv = process.env): Environment {
  return {
    port: integer(from, 'PORT', undefined, 65_535),
    integer: (name, fallback) => integer(from, name, fallback),
    text: (name, fallback) => text(from, name, fallback),
  };
}

function text(from: NodeJS.ProcessEnv, name: string, fallback?: string): string {
  const given = from[name];
  const value = given === undefined || given === '' ? fallback : given;
  if (value === undefined) throw new Error(`${name} is not set`);
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
