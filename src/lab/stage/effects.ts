import { performance } from 'node:perf_hooks';
import type { Recorder } from '../../history/recorder.js';
import type { EffectNote, SequenceSpec, WatchedTable } from '../../kata/sequence/index.js';
import type { OwnServices } from '../../services/own.js';

interface Row {
  readonly table: string;
  readonly change: EffectNote['change'];
  readonly subject: string;
  readonly shown: string;
  /** Microseconds of the server's clock: when, and now. */
  readonly at: string;
  readonly now: string;
}

type Watched = Pick<OwnServices, 'roles'> & { readonly recorder: Recorder };

/**
 * Has each role's database take down when rows of these tables change, in a table of the lab's own.
 * The trigger is deferred to the commit, and what is rolled back leaves no trace.
 * @throws the driver's error: a table or column that is not there
 */
export async function watchEffects({ effects }: SequenceSpec, { roles }: Watched): Promise<void> {
  for (const [role, tables] of Object.entries(effects)) {
    const database = roles.get(role)?.database;
    if (database === undefined) throw new Error(`a sequence names the role ${role}`);
    const triggers = Object.entries(tables).map(([table, watched]) => triggerOn(table, watched));
    await database.query([taker, ...triggers].join(';\n'));
  }
}

const taker = `
  CREATE TABLE plan_lab.effects
    (at timestamptz NOT NULL, "table" text NOT NULL, change text NOT NULL, subject text, shown text);
  CREATE FUNCTION plan_lab.take_down() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $plan_lab$
  DECLARE
    row jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    shown text;
  BEGIN
    SELECT string_agg(row ->> name, ' ' ORDER BY place) INTO shown
      FROM unnest(TG_ARGV[1:]) WITH ORDINALITY AS one (name, place);
    INSERT INTO plan_lab.effects
      VALUES (clock_timestamp(), TG_TABLE_NAME, lower(TG_OP), row ->> TG_ARGV[0], shown);
    RETURN NULL;
  END $plan_lab$`;

function triggerOn(table: string, { subject, shows = [] }: WatchedTable): string {
  const columns = [subject, ...shows].map((name) => `'${name.replaceAll("'", "''")}'`).join(', ');
  const of = shows.length > 0 ? ` OF ${shows.map(quoted).join(', ')}` : '';
  const name = quoted(`~plan_take_down_${table}`);
  return `CREATE CONSTRAINT TRIGGER ${name} AFTER INSERT OR DELETE OR UPDATE${of} ON ${quoted(table)}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plan_lab.take_down(${columns})`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Writes what has been taken down into the history. No rule rests on it: where a server is gone, or a
 * program has taken the triggers away, there is less to draw, and nothing else.
 */
export async function tellEffects(
  { effects }: SequenceSpec,
  { roles, recorder }: Watched,
): Promise<void> {
  for (const role of Object.keys(effects)) {
    const asked = performance.now();
    const rows = await roles
      .get(role)
      ?.database.query<Row>(taken)
      .catch((): Row[] => []);
    const between = recorder.since((asked + performance.now()) / 2);
    for (const { at, now, ...row } of rows ?? [])
      recorder.note('effect', {
        ...{ role, ...row, at: Math.max(0, between - (Number(now) - Number(at))) },
      } satisfies EffectNote);
  }
}

const taken = `
  SELECT "table", change, coalesce(subject, '') AS subject, coalesce(shown, '') AS shown,
    (extract(epoch FROM at) * 1000000)::bigint::text AS at,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text AS now
  FROM plan_lab.effects ORDER BY at`;
