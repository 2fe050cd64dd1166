import { SpanKind, trace } from '@opentelemetry/api';
import type pg from 'pg';
import { Histogram } from 'prom-client';
import { within } from '../../../kit/node/telemetry/tracing.js';
import type { Order } from '../../../kata-13-end-to-end-trace/worker/node/orders.js';

const waits = new Histogram({
  name: 'db_client_connection_wait_time_seconds',
  help: 'How long it took to get a connection from the pool.',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

/** From the pool; whoever has it gives it back. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  const end = waits.startTimer();
  const client = await told('pg-pool.connect', {}, () => pool.connect());
  end();
  return client;
}

/** An order and its parcels, or nothing. What is there already is done. */
export async function write(
  client: pg.PoolClient,
  { order, sku, quantity, requestId }: Order & { readonly requestId: string | null },
  oneByOne: boolean,
): Promise<void> {
  const say = (text: string, values: readonly unknown[], table: string): Promise<unknown> =>
    told(
      `INSERT ${table}`,
      { 'db.operation.name': 'INSERT', 'db.collection.name': table, 'db.query.text': text },
      () => client.query(text, [...values]),
    );
  await client.query('BEGIN');
  try {
    await say(intoOrders, [order, sku, quantity, requestId], 'orders');
    if (oneByOne)
      for (let number = 1; number <= quantity; number += 1)
        await say(intoParcels, [order, number, number], 'parcels');
    else await say(intoParcels, [order, 1, quantity], 'parcels');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const intoOrders = `INSERT INTO orders (id, sku, quantity, request_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO NOTHING`;
const intoParcels = `INSERT INTO parcels (order_id, number)
  SELECT $1::text, generate_series($2::integer, $3::integer) ON CONFLICT DO NOTHING`;

function told<T>(
  name: string,
  attributes: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const options = {
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'postgresql', ...attributes },
  };
  return trace.getTracer('worker').startActiveSpan(name, options, (span) => within(span, work));
}
