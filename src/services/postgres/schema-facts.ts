import type { SchemaChange } from '../../kata/faults.js';

export type Ask = <Row>(sql: string) => Promise<Row[]>;

interface Fact {
  readonly kind: SchemaChange['kind'];
  /** Without `public.`. */
  readonly table: string;
  /** Of the column, constraint, trigger or rule; empty for the table itself. */
  readonly part: string;
  readonly value: string;
}

/** All facts of a case's tables, by what they are about. */
export type Schema = ReadonlyMap<string, Fact>;

export interface FoundChange extends SchemaChange {
  readonly table: string;
  /** A statement of somebody else's may fail on it. */
  readonly hinders: boolean;
  /** Somebody else may see other rows than the program does. */
  readonly disguises: boolean;
}

/** @throws the driver's error */
export async function readSchema(ask: Ask): Promise<Schema> {
  const facts = await ask<Fact>(asked);
  return new Map(facts.map((fact) => [`${fact.kind} ${fact.table} ${fact.part}`, fact]));
}

/** What is gone or is another than before, and what is new and binds others. */
export function changesBetween(before: Schema, now: Schema): FoundChange[] {
  const keys = new Set([...before.keys(), ...now.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [before.get(key), now.get(key)];
    const fact = is ?? was;
    if (fact === undefined || was?.value === is?.value) return [];
    // With a table goes all that belongs to it: told once.
    if (fact.kind !== 'table' && !now.has(`table ${fact.table} `)) return [];
    const { kind, table, part } = fact;
    const change = is === undefined ? 'gone' : was === undefined ? 'new' : 'other';
    const name = part === '' ? table : `${table}.${part}`;
    return [
      { kind, name, change, table, hinders: hinders(fact, change), disguises: hides(was, is) },
    ];
  });
}

/** Tables and columns that a program adds bind nobody, nor does a constraint that it drops. */
function hinders({ kind }: Fact, change: SchemaChange['change']): boolean {
  if (kind === 'table' || kind === 'column') return change !== 'new';
  return kind === 'rights' || change !== 'gone';
}

function hides(was: Fact | undefined, is: Fact | undefined): boolean {
  if (was === undefined || is === undefined) return false;
  const isTable = ({ value }: Fact): boolean => /^[rp]/.test(value);
  return was.kind === 'rows' || (was.kind === 'table' && isTable(was) && !isTable(is));
}

/**
 * Everything by its full name: the program may have functions of its own with the names of the
 * server's. The lab's own triggers are no part of it.
 */
const asked = `
  WITH rel AS (
    SELECT c.oid, c.relkind, c.relforcerowsecurity,
      CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname::text || '.' END || c.relname::text AS name
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname::text !~ '^pg_'
      AND n.nspname NOT IN ('information_schema', 'plan_lab')),
  col AS (
    SELECT rel.name, a.* FROM rel JOIN pg_catalog.pg_attribute a ON a.attrelid = rel.oid
    WHERE rel.relkind <> 'S' AND a.attnum > 0 AND NOT a.attisdropped)
  SELECT 'table' AS kind, name AS table, '' AS part, relkind::text || ' ' || oid::text AS value FROM rel
  UNION ALL
  SELECT 'rights', name, '', pg_catalog.concat(
      pg_catalog.has_table_privilege(oid, 'SELECT'), pg_catalog.has_table_privilege(oid, 'INSERT'),
      pg_catalog.has_table_privilege(oid, 'UPDATE'), pg_catalog.has_table_privilege(oid, 'DELETE'))
    FROM rel WHERE relkind <> 'S'
  UNION ALL
  SELECT 'rows', name, '', relforcerowsecurity::text FROM rel
  UNION ALL
  SELECT 'column', name, attname::text, pg_catalog.format_type(atttypid, atttypmod) FROM col
  UNION ALL
  SELECT 'required', name, attname::text, ''
    FROM col WHERE attnotnull AND NOT atthasdef AND attidentity = ''
  UNION ALL
  SELECT 'constraint', rel.name, c.conname::text, pg_catalog.pg_get_constraintdef(c.oid)
    FROM rel JOIN pg_catalog.pg_constraint c ON c.conrelid = rel.oid WHERE c.contype NOT IN ('n', 't')
  UNION ALL
  SELECT 'trigger', rel.name, t.tgname::text, t.tgenabled::text
    FROM rel JOIN pg_catalog.pg_trigger t ON t.tgrelid = rel.oid
    JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE NOT t.tgisinternal AND n.nspname <> 'plan_lab'
  UNION ALL
  SELECT 'rule', rel.name, r.rulename::text, r.ev_type::text
    FROM rel JOIN pg_catalog.pg_rewrite r ON r.ev_class = rel.oid WHERE r.rulename <> '_RETURN'`;
