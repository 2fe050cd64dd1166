/** A column of a table, whichever face draws it. */
export interface Column<Row> {
  readonly head: string;
  /** Numbers stand to the right, which is where a column stands that does not say. */
  readonly align?: 'left' | 'right';
  /**
   * Where there is no room for all: 0 stays in the first table whatever the width; higher numbers
   * move on first.
   */
  readonly rank: number;
  /** Tells the rows apart, so that every further table repeats it; else the first column does. */
  readonly key?: true;
  readonly cell: (row: Row) => string;
}
