import { randomBytes } from 'node:crypto';
import type pg from 'pg';

/**
 * Who logs in to a case's database. The program, as the owner of its tables, may add columns,
 * indexes and tables; it is no superuser and reaches no other database. The lab has a login of its
 * own, which may do all that the program may, and owns what the program must not touch. It is no
 * superuser either: a trigger that the program puts on its table runs with the rights of whoever
 * writes to that table.
 */
export interface CaseRoles {
  readonly program: Login;
  readonly lab: Login;
}

export interface Login {
  readonly name: string;
  readonly password: string;
}

/** Connections that a program cannot take away from the lab. */
const reserved = 20;

/** @param name of the database, which is the program's too; `plan_…` */
export async function createRoles(admin: pg.Client, name: string): Promise<CaseRoles> {
  const roles = { program: login(name), lab: login(labRole(name)) };
  const { rows } = await admin.query<{ max: number }>(
    `SELECT current_setting('max_connections')::int AS max`,
  );
  const limit = Math.max((rows[0]?.max ?? 0) - reserved, reserved);
  const plain = 'NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT';
  await admin.query(`
    CREATE ROLE "${name}" LOGIN ${plain} CONNECTION LIMIT ${limit} PASSWORD '${roles.program.password}';
    CREATE ROLE "${roles.lab.name}" LOGIN ${plain} PASSWORD '${roles.lab.password}';
    GRANT "${name}" TO "${roles.lab.name}"`);
  // A superuser may act as anybody; anybody else only as those whom he was given.
  await admin.query(`DO $$ BEGIN
    IF current_setting('is_superuser') = 'off' THEN
      GRANT "${name}", "${roles.lab.name}" TO CURRENT_USER;
    END IF; END $$`);
  return roles;
}

/** What each may in the new database. @param admin connected to it; nobody else ever was */
export async function grantRoles(admin: pg.Client, { program, lab }: CaseRoles): Promise<void> {
  const both = `"${program.name}", "${lab.name}"`;
  const make = `ALTER DEFAULT PRIVILEGES FOR ROLE "${lab.name}" IN SCHEMA public GRANT ALL ON`;
  await admin.query(`
    REVOKE ALL ON DATABASE "${program.name}" FROM PUBLIC;
    GRANT ALL ON DATABASE "${program.name}" TO ${both};
    GRANT ALL ON SCHEMA public TO ${both};
    CREATE SCHEMA plan_lab AUTHORIZATION "${lab.name}";
    ${make} TABLES TO "${program.name}";
    ${make} SEQUENCES TO "${program.name}"`);
}

/** Makes the program the owner of what the kata's schema has made. */
export async function handOver(admin: pg.Client, { program }: CaseRoles): Promise<void> {
  const { rows } = await admin.query<{ what: string }>(owned);
  for (const { what } of rows) await admin.query(`ALTER ${what} OWNER TO "${program.name}"`);
}

/** Once their database is gone nothing depends on them. Those that are gone are no problem. */
export async function dropRoles(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)',
    [[labRole(name), name]],
  );
  for (const { rolname } of rows) await admin.query(`DROP ROLE IF EXISTS "${rolname}"`);
}

/** Within the 63 bytes at which PostgreSQL cuts names. */
function labRole(name: string): string {
  return `${name}_lab`;
}

function login(name: string): Login {
  return { name, password: randomBytes(18).toString('base64url') };
}

/** Relations, routines, types and schemas; what belongs to another of them goes with that one. */
const owned = `
  WITH me AS (SELECT oid FROM pg_roles WHERE rolname = current_user),
  spaces AS (
    SELECT n.oid, n.nspname, n.nspowner FROM pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'plan_lab'))
  SELECT 'TABLE ' || c.oid::regclass AS what FROM pg_class c
    JOIN spaces ON spaces.oid = c.relnamespace JOIN me ON me.oid = c.relowner
    WHERE (c.relkind IN ('r', 'p', 'v', 'm', 'f') OR c.relkind = 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
        AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
  UNION ALL
  SELECT 'ROUTINE ' || p.oid::regprocedure FROM pg_proc p
    JOIN spaces ON spaces.oid = p.pronamespace JOIN me ON me.oid = p.proowner
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
        AND d.objid = p.oid AND d.deptype IN ('i', 'e'))
  UNION ALL
  SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || t.oid::regtype FROM pg_type t
    JOIN spaces ON spaces.oid = t.typnamespace JOIN me ON me.oid = t.typowner
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass
        AND d.objid = t.oid AND d.deptype IN ('i', 'e'))
  UNION ALL
  SELECT 'SCHEMA ' || quote_ident(spaces.nspname) FROM spaces JOIN me ON me.oid = spaces.nspowner
    WHERE spaces.nspname <> 'public'`;
