import type { Order } from '../contract.js';
import type { AskedOverdue } from '../notes.js';
import type { HeldBack } from './interpose.js';
import type { Shop } from './shop.js';

/** Beyond the deadline: whoever looks for overdue orders has found it by then. */
const foundWithinMs = 2_000;
/** So long at most the database refuses: others are to be given up in time. */
const refusedForMs = 1_000;
const confirmedWithinMs = 400;

/**
 * An order is overdue, and the database refuses to give it up; somebody asks for it, and then its success
 * comes. Whatever the client was told before anything was written, it was told for ever.
 * @returns goes on with it; settles once it was asked for, and its success has come
 */
export async function askedOverdue(
  shop: Shop,
  messages: HeldBack,
  success: readonly string[],
): Promise<() => Promise<void>> {
  const order = await shop.order('overdue', { ends: 'confirmed', disturbed: true });
  messages.hold(order.id, success);
  await refuseToEnd(shop, order);
  await shop.place(order);
  return () => askAsItIsFound(shop, order, messages, success);
}

async function askAsItIsFound(
  shop: Shop,
  order: Order,
  messages: HeldBack,
  success: readonly string[],
): Promise<void> {
  const { lab, deadlineMs } = shop;
  const what = 'the database refuses to give it up';
  const isRefused = await lab.until(
    what,
    async () => (await refusals(shop)) > 0,
    deadlineMs + foundWithinMs,
  );
  if (isRefused) await shop.read([order]);
  const met = isRefused === true && (await isPending(shop, order));
  lab.note('asked-overdue', { order: order.id, met } satisfies AskedOverdue);
  await messages.letGo(order.id, success);
  const isOver = async (): Promise<boolean> => !(await isPending(shop, order));
  if (isRefused) await lab.until('its success has come', isOver, confirmedWithinMs);
  await refuseNoMore(shop);
}

async function isPending({ lab }: Shop, { id }: Order): Promise<boolean> {
  const sql = `SELECT 1 FROM orders WHERE id = $1 AND status = 'PENDING'`;
  return (await lab.role('order').database.query(sql, [id])).length > 0;
}

/** What a sequence was told stays, also where the transaction is rolled back. */
async function refuseToEnd({ lab }: Shop, { id }: Order): Promise<void> {
  const { database } = lab.role('order');
  await database.query('CREATE SEQUENCE plan_end_refusals');
  await database.query('CREATE SEQUENCE plan_end_refused_since');
  await database.query(`
    CREATE FUNCTION plan_refuse_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE
      now_ms bigint := extract(epoch FROM clock_timestamp()) * 1000;
    BEGIN
      IF nextval('plan_end_refusals') = 1 THEN PERFORM setval('plan_end_refused_since', now_ms); END IF;
      IF now_ms < ${refusedForMs} + (SELECT last_value FROM plan_end_refused_since) THEN
        RAISE EXCEPTION 'the disk is full' USING ERRCODE = '58000';
      END IF;
      RETURN NEW;
    END $$`);
  await database.query(`
    CREATE TRIGGER plan_refuse_end BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (NEW.id = '${id}' AND NEW.status = 'REJECTED') EXECUTE FUNCTION plan_refuse_end()`);
}

/** Whoever drops a trigger waits for all who write; this waits for nobody. */
async function refuseNoMore({ lab }: Shop): Promise<void> {
  await lab.role('order').database.query(`SELECT setval('plan_end_refused_since', 1)`);
}

async function refusals({ lab }: Shop): Promise<number> {
  const [row] = await lab
    .role('order')
    .database.query<{ n: number }>(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::integer AS n FROM plan_end_refusals',
    );
  return row?.n ?? 0;
}
