import { describe, expect, it } from 'vitest';
import { useServices } from '../../../test/support/use-services.js';
import type { SchemaChangedNote } from '../../kata/faults.js';
import { openDatabase, type OpenDatabase } from './client.js';
import { queryOnce } from './connection.js';
import { freshDatabase } from './fresh.js';
import { SchemaChanged } from './schema-guard.js';

const ours = useServices({ postgres: 'embedded' });

const schema = `CREATE TABLE stock (sku text PRIMARY KEY, quantity int);
  CREATE TABLE sales (id serial PRIMARY KEY, sku text)`;

interface Opened {
  readonly lab: OpenDatabase;
  readonly notes: SchemaChangedNote[];
  readonly program: (sql: string) => Promise<unknown>;
}

async function opened(): Promise<Opened> {
  const fresh = await freshDatabase(ours.services.postgres, 'x', schema);
  const notes: SchemaChangedNote[] = [];
  const lab = openDatabase(fresh, {
    blocked: () => undefined,
    schemaChanged: (note) => notes.push(note),
  });
  await lab.rememberSchema();
  return { lab, notes, program: (sql) => queryOnce(fresh.url, sql) };
}

const read = 'SELECT quantity FROM stock';
const write = "INSERT INTO stock VALUES ('a', 1)";

describe('what a program does to the tables of the lab', () => {
  it('is told where a statement of the lab fails on it', async () => {
    const attacks = [
      ['DROP TABLE stock', read, 'table stock gone'],
      ['ALTER TABLE stock RENAME TO gone', read, 'table stock gone'],
      ['CREATE SCHEMA s; ALTER TABLE stock SET SCHEMA s', read, 'table stock gone'],
      ['DROP TABLE stock; CREATE TABLE stock (sku text)', read, 'column stock.quantity gone'],
      ['ALTER TABLE stock RENAME quantity TO n', read, 'column stock.quantity gone'],
      [
        'ALTER TABLE stock ALTER quantity TYPE boolean USING true',
        write,
        'column stock.quantity other',
      ],
      ['REVOKE ALL ON stock FROM CURRENT_USER', read, 'rights stock other'],
      [
        'ALTER TABLE stock ADD CHECK (quantity > 1)',
        write,
        'constraint stock.stock_quantity_check new',
      ],
      ['ALTER TABLE stock ADD price int NOT NULL', write, 'required stock.price new'],
      [
        `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END';
       CREATE TRIGGER no BEFORE INSERT ON stock EXECUTE FUNCTION no()`,
        write,
        'trigger stock.no new',
      ],
      ['CREATE RULE no AS ON INSERT TO stock DO INSTEAD SELECT 1/0', write, 'rule stock.no new'],
    ] as const;
    for (const [attack, statement, found] of attacks) {
      const { lab, notes, program } = await opened();
      await program(attack);
      await expect(lab.query(statement), attack).rejects.toBeInstanceOf(SchemaChanged);
      const session = await lab.session();
      await expect(session.query(statement)).rejects.toBeInstanceOf(SchemaChanged);
      expect(notes).toHaveLength(2);
      expect(notes[0]?.failed?.statement).toBe(statement);
      const told = notes[0]?.changes.map(({ kind, name, change }) => `${kind} ${name} ${change}`);
      expect(told).toContain(found);
      await lab.close();
    }
  }, 120_000);

  it('explains no statement that is wrong by itself', async () => {
    const { lab, notes, program } = await opened();
    await program('ALTER TABLE sales ADD CHECK (id > 0); CREATE TABLE mine (id int)');
    await program('CREATE INDEX ON stock (quantity); ALTER TABLE stock ADD version int');
    await program('DROP TABLE sales');
    await expect(lab.query('SELECT nothing FROM stock')).rejects.toMatchObject({ code: '42703' });
    await expect(lab.query(`${write}, ('a', 2)`)).rejects.toMatchObject({ code: '23505' });
    expect(notes).toEqual([]);
    await lab.close();
  });

  it('is not what the lab does to them', async () => {
    const { lab, notes } = await opened();
    await lab.query('ALTER TABLE stock RENAME quantity TO n');
    await expect(lab.query(read)).rejects.toMatchObject({ code: '42703' });
    expect(notes).toEqual([]);
    await lab.close();
  });

  it('is found at the end where it may have deceived the lab', async () => {
    const attacks = [
      ['ALTER TABLE stock RENAME TO s; CREATE VIEW stock AS SELECT * FROM s', ['table']],
      ['ALTER TABLE stock ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', ['rows']],
      ['ALTER TABLE stock ADD version int; CREATE INDEX ON stock (sku)', undefined],
      ['DROP TABLE sales', undefined],
    ] as const;
    for (const [attack, kinds] of attacks) {
      const { lab, notes, program } = await opened();
      await program(attack);
      await lab.lookForDisguise();
      expect(notes[0]?.changes.map(({ kind }) => kind)).toEqual(kinds);
      await lab.close();
    }
  }, 120_000);
});
