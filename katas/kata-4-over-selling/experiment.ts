import { outsideContract, type ClientRequest, type Lab } from '../../src/kata/index.js';
import type { LookedUp, Row, Shop } from './notes.js';

const sku = 'sku-1';
/** Units that the warehouse adds behind the program's back once the burst is over. */
const restocked = 2;

interface Options {
  readonly buyers: number;
  readonly stock: number;
  readonly thinkMs: number;
}

export async function experiment(lab: Lab, { buyers, stock, thinkMs }: Options): Promise<void> {
  await lab.database.query('INSERT INTO stock (sku, quantity) VALUES ($1, $2)', [sku, stock]);
  const shop = await lab.start();

  const crowd = Array.from({ length: buyers }, (_, n) => purchase(n, `b-${n + 1}`));
  // A right program may serve them one by one, each with its think time.
  await lab.burst(shop, crowd, { answerWithinMs: 10_000 + buyers * (thinkMs + 10) });

  await lab.database.query('UPDATE stock SET quantity = quantity + $1 WHERE sku = $2', [
    restocked,
    sku,
  ]);
  lab.note('restock', { units: restocked });
  for (let n = 1; n <= restocked + 1; n += 1) {
    const buyer = `late-${n}`;
    await lab.oneByOne(shop, [purchase(0, buyer)]);
    // Whoever answers before COMMIT has promised what a crash can still take away.
    const rows = await lab.database.query<Pick<Row, 'id'>>('SELECT id::text AS id FROM purchases');
    lab.note('looked-up', { buyer, ids: rows.map(({ id }) => id) } satisfies LookedUp);
  }

  await shop.stop();
  lab.note('final', {
    stock: await lab.database.query('SELECT sku, quantity FROM stock ORDER BY sku'),
    purchases: await lab.database.query(
      'SELECT id::text AS id, buyer, sku, quantity FROM purchases ORDER BY id',
    ),
  } satisfies Shop);
}

/** `POST /purchases`: 201 sold, 409 sold out, 503 gave up after its retries. */
function purchase(process: number, buyer: string): ClientRequest {
  const asked = { buyer, sku, quantity: 1 };
  return {
    process,
    f: 'purchase',
    asked,
    method: 'POST',
    path: '/purchases',
    body: asked,
    read(answer) {
      const body = answer.json();
      const retries = numberIn(body, 'retries') ?? 0;
      const id = textIn(body, 'id');
      const stock = numberIn(body, 'stock');
      switch (answer.status) {
        case 201:
          if (id === undefined || stock === undefined) break;
          return { outcome: 'ok', value: { id, stock, retries } };
        case 409:
          return { outcome: 'fail', value: { reason: 'sold-out', retries } };
        case 503:
          return { outcome: 'fail', value: { reason: 'gave-up', retries } };
      }
      return outsideContract(
        answer,
        '201 {"id": "…", "stock": 7, "retries": 0}, 409 (sold out) or 503 (gave up)',
      );
    },
  };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function numberIn(body: unknown, name: string): number | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Ids may be numbers or texts: the database decides. */
function textIn(body: unknown, name: string): string | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
