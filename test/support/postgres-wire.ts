/** Messages of PostgreSQL's protocol, as bytes, for tests. */

export const short = (n: number): Buffer => Buffer.from([(n >> 8) & 255, n & 255]);
export const long = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(n);
  return bytes;
};
export const text = (s: string): Buffer => Buffer.from(`${s}\0`);

export function message(letter: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(letter), long(body.length + 4), body]);
}

const value = (one: string | Buffer | null): Buffer => {
  if (one === null) return long(-1);
  const bytes = Buffer.from(one as string);
  return Buffer.concat([long(bytes.length), bytes]);
};

export const program = {
  tls: message('', long(80877103)),
  cancel: (pid: number) => message('', long(80877102), long(pid), long(1)),
  startup: message(
    '',
    long(196608),
    text('user'),
    text('u'),
    text('application_name'),
    text('a'),
    text(''),
  ),
  query: (sql: string) => message('Q', text(sql)),
  parse: (name: string, sql: string, types: number[] = []) =>
    message('P', text(name), text(sql), short(types.length), ...types.map(long)),
  bind: (
    statement: string,
    values: (string | Buffer | null)[] = [],
    {
      formats = [],
      results = [],
      portal = '',
    }: { formats?: number[]; results?: number[]; portal?: string } = {},
  ) =>
    message(
      'B',
      ...[text(portal), text(statement), short(formats.length), ...formats.map(short)],
      ...[short(values.length), ...values.map(value), short(results.length), ...results.map(short)],
    ),
  describeStatement: (name: string) => message('D', Buffer.from('S'), text(name)),
  describePortal: (name = '') => message('D', Buffer.from('P'), text(name)),
  execute: (portal = '') => message('E', text(portal), long(0)),
  sync: message('S'),
  copyData: (data: string) => message('d', Buffer.from(data)),
  copyDone: message('c'),
};

export const server = {
  no: Buffer.from('N'),
  yes: Buffer.from('S'),
  welcome: (pid: number) =>
    Buffer.concat([message('R', long(0)), message('K', long(pid), long(1))]),
  parsed: message('1'),
  bound: message('2'),
  types: (...oids: number[]) => message('t', short(oids.length), ...oids.map(long)),
  columns: (...columns: [name: string, oid: number][]) =>
    message(
      'T',
      short(columns.length),
      ...columns.map(([name, oid]) =>
        Buffer.concat([text(name), long(0), short(0), long(oid), short(0), long(0), short(0)]),
      ),
    ),
  noData: message('n'),
  row: (...values: (string | Buffer | null)[]) =>
    message('D', short(values.length), ...values.map(value)),
  done: (tag: string) => message('C', text(tag)),
  copyIn: message('G', Buffer.from([0]), short(0)),
  suspended: message('s'),
  error: (code: string, what: string) =>
    message('E', Buffer.from('C'), text(code), Buffer.from('M'), text(what), Buffer.from([0])),
  ready: (status = 'I') => message('Z', Buffer.from(status)),
};
