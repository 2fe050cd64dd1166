import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import type pg from 'pg';
import { log } from './log.js';
import { inTransaction, type Transaction } from './postgres.js';
import { publishConfirmed } from './publish.js';
import { publishAll, type Refusal } from './refused.js';

/** A message that is to leave with what the transaction does, or not at all. */
export interface Outgoing {
  readonly exchange: string;
  /** The routing key: the name of the message. */
  readonly key: string;
  readonly correlationId: string;
  readonly body: unknown;
  /** Only where the table has a column of that name, and the relay is told so. */
  readonly headers?: Headers;
}

/** What goes along with a message beside its body. */
export type Headers = Readonly<Record<string, string>>;

/** Writes it down in the transaction; the relay publishes it once that is committed. */
export async function post(tx: Transaction, { exchange, key, ...rest }: Outgoing): Promise<void> {
  if (rest.headers) return postWithHeaders(tx, { exchange, key, ...rest });
  await tx.query(
    'INSERT INTO outbox (exchange, key, correlation_id, payload) VALUES ($1, $2, $3, $4)',
    [exchange, key, rest.correlationId, rest.body],
  );
}

async function postWithHeaders(tx: Transaction, of: Outgoing): Promise<void> {
  await tx.query(
    `INSERT INTO outbox (exchange, key, correlation_id, headers, payload)
     VALUES ($1, $2, $3, $4, $5)`,
    [of.exchange, of.key, of.correlationId, of.headers, of.body],
  );
}

export interface Relay {
  /** Something was committed: look now. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

/** Between two looks at an outbox with nothing in it, and after one that failed. */
const idleMs = 100;
const batch = 100;
/** How long a connection to the broker may take. */
const patienceMs = 1_000;

export interface RelayOptions {
  /** The table has a column `headers`. */
  readonly hasHeaders?: boolean;
}

/** Publishes what is in the outbox until it is stopped, and what fails again. */
export function startRelay(
  pool: pg.Pool,
  url: string,
  { hasHeaders = false }: RelayOptions = {},
): Relay {
  const table = { columns: hasHeaders ? `${columns}, headers` : columns, hasHeaders };
  const stopping = new AbortController();
  const broker = new Connection(url);
  let awake = new AbortController();
  const nap = async (): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, awake.signal]);
    await sleep(idleMs, undefined, { signal }).catch(() => undefined);
  };
  const over = (async () => {
    while (!stopping.signal.aborted) {
      awake = new AbortController();
      const published = await turn(pool, broker, table).catch((error: unknown) => {
        log('will publish later:', error);
        awake = new AbortController();
        return 0;
      });
      if (published === 0) await nap();
    }
  })();
  return {
    wake: () => awake.abort(),
    async stop() {
      stopping.abort();
      await over;
      await broker.close();
    },
  };
}

interface Row {
  readonly position: string;
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  readonly correlation_id: string;
  readonly payload: unknown;
  readonly headers?: Headers;
}

interface Table {
  readonly columns: string;
  readonly hasHeaders: boolean;
}

const columns = 'position::text, id, exchange, key, correlation_id, payload';

/**
 * Publishes, waits for the confirms, and only then takes the rows away: who dies before that leaves
 * them to be published again, under the same message ids. What the broker always refuses is set
 * aside: it must not hold up what it takes, and somebody has to look at it.
 */
function turn(pool: pg.Pool, broker: Connection, table: Table): Promise<number> {
  return inTransaction(pool, 'READ COMMITTED', async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT ${table.columns} FROM outbox
        ORDER BY outbox.position LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
    );
    if (rows.length === 0) return 0;
    const publish = (some: readonly Row[]): Promise<void> => broker.publish(some);
    const refused = await publishAll(publish, rows, () => nextAfter(tx, rows.at(-1), table));
    for (const one of refused) await setAside(tx, one);
    const positions = rows.map(({ position }) => position);
    await tx.query('DELETE FROM outbox WHERE position = ANY($1::bigint[])', [positions]);
    return rows.length;
  });
}

async function nextAfter(
  tx: Transaction,
  last: Row | undefined,
  table: Table,
): Promise<Row | undefined> {
  const { rows } = await tx.query<Row>(
    `SELECT ${table.columns} FROM outbox WHERE outbox.position > $1::bigint
      ORDER BY outbox.position LIMIT 1`,
    [last?.position],
  );
  return rows[0];
}

async function setAside(tx: Transaction, { row, reason }: Refusal<Row>): Promise<void> {
  log('set aside:', row.id, reason);
  await tx.query(
    `INSERT INTO set_aside (id, exchange, key, correlation_id, payload, reason)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.exchange, row.key, row.correlation_id, row.payload, reason],
  );
  if (row.headers)
    await tx.query('UPDATE set_aside SET headers = $2 WHERE id = $1', [row.id, row.headers]);
}

interface Open {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
}

/** One to publish by, opened again once it has broken. */
class Connection {
  readonly #url: string;
  #open: Promise<Open> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws where not all of them are with the broker for good */
  async publish(rows: readonly Row[]): Promise<void> {
    const open = (this.#open ??= openChannel(this.#url));
    try {
      const { channel } = await open;
      await Promise.all(rows.map((row) => publishRow(channel, row)));
    } catch (error) {
      // What was not confirmed in time may still be: this connection is not to be used any more.
      this.#open = undefined;
      void open.then(({ connection }) => connection.close()).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    await open?.connection.close().catch(() => undefined);
  }
}

function publishRow(channel: ConfirmChannel, row: Row): Promise<void> {
  const content = Buffer.from(JSON.stringify(row.payload));
  return publishConfirmed(channel, row, content, {
    messageId: row.id,
    correlationId: row.correlation_id,
    contentType: 'application/json',
    ...(row.headers && { headers: row.headers }),
  });
}

async function openChannel(url: string): Promise<Open> {
  const connection = await connect(url, { timeout: patienceMs, noDelay: true });
  // Without listeners these would throw; the next turn connects again.
  connection.on('error', (error: Error) =>
    log('the connection to the broker broke:', error.message),
  );
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error: Error) => log('the channel broke:', error.message));
    return { connection, channel };
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}
