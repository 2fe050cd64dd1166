import { describe, expect, it } from 'vitest';
import { renderTable } from './table.js';
import type { Column } from '../view/columns.js';

interface Row {
  name: string;
  value: number;
}

const rows: Row[] = [
  { name: 'naive', value: 1 },
  { name: 'atomic', value: 22 },
];

const name: Column<Row> = {
  head: 'name',
  align: 'left',
  rank: 0,
  key: true,
  cell: (row) => row.name,
};
const verdict: Column<Row> = { head: 'verdict', align: 'left', rank: 0, cell: () => '✔ ok' };

const figures = ['first', 'second', 'third', 'fourth'].map((head, n) => ({
  head,
  rank: n + 1,
  cell: (row: Row) => String(row.value),
}));

describe('a table', () => {
  it('shows all columns where there is room', () => {
    const lines = renderTable('en', [name, ...figures], rows, 100).split('\n');
    expect(lines[0]?.trim().split(/\s+/)).toEqual(['name', 'first', 'second', 'third', 'fourth']);
    expect(lines[2]?.trim().split(/\s+/)).toEqual(['atomic', '22', '22', '22', '22']);
  });

  it.each([8, 20, 26, 33])('loses no column at a width of %d', (width) => {
    const table = renderTable('en', [name, ...figures], rows, width);
    for (const { head } of figures) expect(table).toContain(head);
  });

  it('keeps to the width, most important first, and names the rows again', () => {
    const tables = renderTable('en', [name, ...figures], rows, 26).split('\n\n');
    expect(tables).toHaveLength(2);
    expect(tables[0]).toContain('first');
    expect(tables[1]).toContain('fourth');
    for (const table of tables) {
      expect(table).toContain('atomic');
      for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(26);
    }
  });

  it('says the verdict once, in the first table', () => {
    const tables = renderTable('en', [name, ...figures, verdict], rows, 33).split('\n\n');
    expect(tables.length).toBeGreaterThan(1);
    expect(tables.map((table) => table.includes('verdict'))).toEqual(
      tables.map((_, index) => index === 0),
    );
  });

  it('leaves out a column that is empty in every row', () => {
    const empty = { head: 'errors', rank: 1, cell: () => '' };
    expect(renderTable('en', [name, empty], rows, 80)).not.toContain('errors');
  });

  it('only tells of what there is no room for where that is asked, and breaks no line', () => {
    const table = renderTable('en', [name, ...figures, verdict], rows, 40, 'told');
    expect(table).toContain('verdict');
    expect(table).toContain('--wide');
    expect(table.match(/atomic/g)).toHaveLength(1);
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('wraps heads and texts between words before it moves what the table is about', () => {
    const long = { head: 'missed in a read', rank: 1, cell: (row: Row) => String(row.value) };
    const told = { ...verdict, cell: () => '✘ violated, as expected' };
    const table = renderTable('en', [name, long, told], rows, 34);
    expect(table).not.toContain('\n\n');
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(34);
    expect(table.split(/\s+/)).toEqual(expect.arrayContaining(['missed', 'violated,', 'expected']));
  });
});
