import { request } from 'node:http';
import { connect } from 'node:net';
import type { Answer, Lab, Program, Reading } from '../../../src/kata/index.js';
import type { Asked, Shelf } from '../notes.js';
import { purchase } from './requests.js';

/** More than there are connections in most pools: some of them wait inside of the program. */
const buyers = 24;
/** So long a program may take to say that a request has come to it. */
const comesWithinMs = 500;
/** So long it may go on to listen after SIGTERM before the purchases go on all the same. */
const closesWithinMs = 500;
const answersWithinMs = 10_000;

/**
 * SIGTERM comes with purchases under way: they stand at their INSERT, or wait for a connection. Each
 * is announced (`Expect: 100-continue`): of one that the program has not said to have seen nobody
 * can know whether it is under way, and it is not sent.
 */
export async function stopWithPurchasesInHand(lab: Lab, shop: Program): Promise<true> {
  const wants = Array.from({ length: buyers }, (_, n): Asked => {
    return { buyer: `s-${n + 1}`, sku: `sku-stop-${n + 1}`, quantity: 1 };
  });
  for (const { sku } of wants) lab.note('shelf', { sku, units: 1 } satisfies Shelf);
  const skus = wants.map(({ sku }) => sku);
  await lab.database.query(
    'INSERT INTO stock (sku, quantity) SELECT sku, 1 FROM unnest($1::text[]) AS sku',
    [skus],
  );
  const freeze = await lab.freeze({
    table: 'purchases',
    on: 'insert',
    when: `NEW.sku LIKE 'sku-stop-%'`,
  });
  const announced = wants.map((asked) => new Announced(shop, asked));
  await lab.until(
    'every purchase has come',
    () => announced.every(({ state }) => state !== 'waiting'),
    comesWithinMs,
  );
  const inHand = announced.filter(({ state }) => state === 'come');
  for (const one of announced) if (!inHand.includes(one)) one.giveUp();
  const asking = Promise.all(inHand.map((one, n) => one.send(lab, n)));
  await Promise.race([asking, freeze.reached(1)]);
  const stopping = shop.stop();
  await lab.until('it has stopped listening', () => isClosed(shop), closesWithinMs);
  await freeze.release();
  await Promise.all([asking, stopping]);
  return true;
}

class Announced {
  state: 'waiting' | 'come' | 'gone' = 'waiting';
  readonly #asked: Asked;
  readonly #body: string;
  readonly #request: ReturnType<typeof request>;
  readonly #answer: Promise<Reading>;

  constructor({ url }: Program, asked: Asked) {
    this.#asked = asked;
    this.#body = JSON.stringify(asked);
    this.#request = request(`${url}/purchases`, {
      method: 'POST',
      agent: false,
      timeout: answersWithinMs,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(this.#body),
        expect: '100-continue',
      },
    });
    this.#answer = this.#read();
    this.#request.on('continue', () => (this.state = 'come'));
    this.#request.on('close', () => (this.state = this.state === 'come' ? 'come' : 'gone'));
    this.#request.flushHeaders();
  }

  giveUp(): void {
    this.#request.destroy();
  }

  async send(lab: Lab, process: number): Promise<void> {
    await lab.operation({ process, f: 'purchase', asked: this.#asked }, () => {
      this.#request.end(this.#body);
      return this.#answer;
    });
  }

  #read(): Promise<Reading> {
    return new Promise((resolve) => {
      const broken = ({ message }: Error): void =>
        resolve({ outcome: 'unknown', problem: { kind: 'connection', detail: message } });
      this.#request.on('timeout', () => this.#request.destroy(new Error('no answer')));
      this.#request.on('error', broken);
      this.#request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve(this.#reading(response.statusCode ?? 0, text)));
        response.on('error', broken);
      });
    });
  }

  #reading(status: number, text: string): Reading {
    const json = (): unknown => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    };
    const answer: Answer = { status, text, json, headers: {}, tookMs: 0 };
    return purchase(0, this.#asked).read(answer);
  }
}

/** It takes no new connection any more. */
async function isClosed({ url }: Program): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const closed = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
  });
  socket.destroy();
  return closed;
}
