import { HistoryWriter } from '../../test/support/history.js';
import { begin, type Level, type Row, type Script, type Step } from './contract.js';
import { anomalies } from './contract/anomalies.js';

/** What one script comes to on a made-up server, where it is not what PostgreSQL does. */
export interface Twist {
  /** It behaves as if this level had been asked for. */
  readonly as?: Level;
  /** Rows that reads return instead, by step: `1⇒101`. */
  readonly reads?: Readonly<Record<number, string>>;
  /** Nobody waits for anybody. */
  readonly neverWaits?: boolean;
  /** Steps that wait for session 1 though nothing is in their way. */
  readonly alsoWaits?: readonly number[];
  /** Errors, by step: an SQLSTATE, or `cut` for a broken connection. */
  readonly errors?: Readonly<Record<number, string>>;
  readonly final?: string;
}

type Refusals = Readonly<Record<string, readonly [step: number, from: readonly Level[]]>>;

const oneSnapshot: readonly Level[] = ['repeatable-read', 'serializable'];

/** Where PostgreSQL answers 40001: the second writer, or the second COMMIT. */
const refusals: Refusals = {
  G0: [1, oneSnapshot],
  OTV: [2, oneSnapshot],
  'PMP-write': [1, oneSnapshot],
  P4: [3, oneSnapshot],
  G1c: [5, ['serializable']],
  'G2-item': [5, ['serializable']],
  G2: [5, ['serializable']],
};

/** The table afterwards where it matters to the checker. */
const finals: Readonly<Record<string, readonly [readCommitted: string, oneSnapshot: string]>> = {
  G0: ['1⇒12 2⇒22', '1⇒11 2⇒21'],
};

/** The history that play.ts would write of these anomalies, on PostgreSQL but for the twists. */
export function played(
  level: Level,
  ids: readonly string[] = anomalies.map(({ id }) => id),
  twists: Readonly<Record<string, Twist>> = {},
): HistoryWriter {
  const writer = new HistoryWriter();
  for (const { id, scripts } of anomalies)
    if (ids.includes(id))
      for (const script of scripts) playScript(writer, script, level, twists[script.id] ?? {});
  return writer;
}

export function playScript(
  writer: HistoryWriter,
  script: Script,
  level: Level,
  twist: Twist,
): void {
  const as = twist.as ?? level;
  const stage = new Stage(writer, script, as, twist);
  writer.note('script-begun', { script: script.id });
  const sessions = new Set(script.steps.map(({ session }) => session));
  for (const session of [...sessions].sort()) stage.say(session, begin(level));
  for (const step of script.steps.keys()) stage.play(step);
  const complete = !stage.isBroken;
  writer.note('script-ended', { script: script.id, complete });
  const final = twist.final ?? finals[script.id]?.[as === 'read-committed' ? 0 : 1] ?? '';
  if (complete) writer.note('final', { script: script.id, rows: rowsOf(final) });
}

/** `1⇒10 2⇒20` */
function rowsOf(text: string): Row[] {
  const pairs = text === '' ? [] : text.split(' ').map((pair) => pair.split('⇒').map(Number));
  return pairs.map(([id = 0, value = 0]) => ({ id, value }));
}

function isControl(sql: string): boolean {
  return sql === 'COMMIT' || sql === 'ROLLBACK';
}

class Stage {
  isBroken = false;
  readonly #out = new Set<number>();
  #waiting: { op: number; step: number } | undefined;

  constructor(
    readonly writer: HistoryWriter,
    readonly script: Script,
    readonly as: Level,
    readonly twist: Twist,
  ) {}

  say(session: number, sql: string): void {
    const op = this.writer.invoke(session, 'statement', { script: this.script.id, sql });
    this.writer.complete(op, 'ok', { command: sql.split(' ')[0], count: null, rows: [] });
  }

  play(step: number): void {
    const { session, sql, waits } = this.script.steps[step] as Step;
    if (this.isBroken || this.#out.has(session)) return;
    const { neverWaits = false, alsoWaits = [] } = this.twist;
    const { id: script } = this.script;
    const op = this.writer.invoke(session, 'statement', { script, step, sql });
    if ((waits && !neverWaits) || alsoWaits.includes(step)) {
      this.writer.note('waits', { script, step, session, waitsFor: [1] });
      this.#waiting = { op, step };
      return;
    }
    this.#end(op, step);
    if (session !== 1 || !isControl(sql) || !this.#waiting) return;
    const { op: waited, step: goesOn } = this.#waiting;
    this.#waiting = undefined;
    this.#end(waited, goesOn);
  }

  #end(op: number, step: number): void {
    const error = this.#errorAt(step);
    if (error !== undefined) this.#fail(op, step, error);
    else this.writer.complete(op, 'ok', this.#resultOf(step));
  }

  #errorAt(step: number): string | undefined {
    const [refusedAt, at] = refusals[this.script.id] ?? [];
    const isRefused = refusedAt === step && at?.includes(this.as) === true;
    return this.twist.errors?.[step] ?? (isRefused ? '40001' : undefined);
  }

  #resultOf(step: number) {
    const { sql, shows } = this.script.steps[step] as Step;
    const rows = rowsOf(this.twist.reads?.[step] ?? shows?.[this.as] ?? '');
    const [command = ''] = sql.split(' ');
    const count = command === 'SELECT' ? rows.length : 1;
    return { command, count: isControl(sql) ? null : count, rows };
  }

  #fail(op: number, step: number, error: string): void {
    const { session, sql } = this.script.steps[step] as Step;
    this.#out.add(session);
    this.isBroken = error !== '40001';
    if (error === 'cut') this.writer.unknown(op, { kind: 'connection', detail: 'ECONNRESET' });
    else this.writer.complete(op, 'fail', { code: error, message: 'refused' });
    if (error === '40001' && sql !== 'COMMIT') this.say(session, 'ROLLBACK');
  }
}
