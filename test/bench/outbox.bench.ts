/**
 * How many events a second the relays of kata 10's outbox bring while they have a backlog (two of
 * them, as in the experiment: from PostgreSQL to the broker, and their place kept), against a bare
 * loop of amqplib that publishes the same events with confirms, in turn: all of them at once, and
 * a hundred at a time as the relays do. Each publishes in a process of its own, and one consumer counts.
 * PLAN_BENCH_ROUNDS and PLAN_BENCH_EVENTS make it longer.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connect } from 'amqplib';
import { execa } from 'execa';
import type { Broker } from '../../src/kata/index.js';
import { onFreshServices, type OwnServices } from '../../src/services/own.js';
import {
  buildImplementation,
  resolveImplementation,
  startProgram,
  type Built,
} from '../../src/lab/implementation/index.js';
import { Recorder } from '../../src/history/recorder.js';
import { startServices, type RunningServices } from '../../src/services/index.js';
import { repository } from '../support/cli.js';
import { tellAs, tellRatio } from './kit/measure.js';

const events = Number(process.env['PLAN_BENCH_EVENTS'] ?? 10_000);
const rounds = Number(process.env['PLAN_BENCH_ROUNDS'] ?? 5);
const exchange = 'orders';
const kataFolder = path.join(repository, 'katas', 'kata-10-outbox');
const { signal } = new AbortController();

const [, , part, url = '', atOnce = ''] = process.argv;
if (part === 'publish') await publishBare(url, Number(atOnce));
else await withServices(compare);

async function withServices(work: (services: RunningServices) => Promise<void>): Promise<void> {
  const services = await startServices(['postgres', 'rabbitmq'], {
    env: process.env,
    signal,
    onProgress: (line) => void process.stderr.write(`${line}\n`),
  });
  try {
    await work(services);
  } finally {
    await services.stopAll();
  }
}

async function compare(services: RunningServices): Promise<void> {
  const [node, go] = [await built('node'), await built('go')];
  const rates = await inTurn({
    'amqplib, all at once': () => onFresh(services, ({ broker }) => counted(broker, bare(events))),
    'amqplib, 100 at a time': () => onFresh(services, ({ broker }) => counted(broker, bare(100))),
    'outbox in Node': () => onFresh(services, (own) => counted(own.broker, relays(node, own))),
    'outbox in Go': () => onFresh(services, (own) => counted(own.broker, relays(go, own))),
  });
  process.stdout.write(`\nOutbox, ${rounds} rounds of ${events} events\n`);
  for (const [name, values] of Object.entries(rates))
    tellAs(`${name}, events a second`, values, '/s');
  for (const outbox of ['outbox in Node', 'outbox in Go'] as const)
    for (const alone of ['amqplib, all at once', 'amqplib, 100 at a time'] as const)
      tellRatio(`${outbox} / ${alone}`, rates[outbox], rates[alone]);
}

/** A B C D A B C D …; the first round only warms up. */
async function inTurn<Name extends string>(
  sides: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1)
    for (const name of names) {
      const rate = await sides[name]();
      if (round > 0) rates[name]?.push(rate);
    }
  return rates as Record<Name, number[]>;
}

function onFresh(
  services: RunningServices,
  work: (own: OwnServices) => Promise<number>,
): Promise<number> {
  const one = { kata: 'kata-10', label: 'bench', services, recorder: new Recorder(0), signal };
  return onFreshServices(one, work);
}

/** Publishes in the background, and gives what stops it. */
type Publishing = (url: string) => Promise<() => Promise<void>>;

/** Events a second from the first to the last that a consumer gets. */
async function counted(broker: Broker, publishing: Publishing): Promise<number> {
  await broker.declareExchange(exchange, 'topic');
  await broker.declareQueue('bench');
  await broker.bindQueue('bench', exchange, '#');
  const connection = await connect(broker.url, { noDelay: true });
  const channel = await connection.createChannel();
  let seen = 0;
  let first = 0;
  const all = new Promise<number>((resolve) => {
    void channel.consume(
      'bench',
      () => {
        if (seen === 0) first = performance.now();
        seen += 1;
        if (seen === events) resolve(((events - 1) / (performance.now() - first)) * 1000);
      },
      { noAck: true },
    );
  });
  const stop = await publishing(broker.url);
  try {
    return await all;
  } finally {
    await stop();
    await connection.close();
  }
}

/** This program again, as {@link publishBare}. */
function bare(size: number): Publishing {
  return (to) => {
    const publishing = execa(process.execPath, [process.argv[1] ?? '', 'publish', to, `${size}`]);
    return Promise.resolve(async () => {
      await publishing;
    });
  };
}

async function publishBare(to: string, size: number): Promise<void> {
  const connection = await connect(to, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  for (let n = 0; n < events; n += 1) {
    const order = { id: `o-${n}`, customer: `c-${n % 100}`, amount: 10 };
    const properties = { messageId: `m-${n}`, persistent: true, contentType: 'application/json' };
    const content = Buffer.from(JSON.stringify(order));
    if (!channel.publish(exchange, 'order.placed', content, properties))
      await new Promise((resolve) => channel.once('drain', resolve));
    if (n % size === size - 1) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  await connection.close();
}

function relays(program: Built, { database }: OwnServices): Publishing {
  return async (to) => {
    await database.query(await readFile(path.join(kataFolder, 'schema.sql'), 'utf8'));
    await database.query(
      `INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
       SELECT 'customer', 'c-' || n % 100, 'order.placed',
              jsonb_build_object('id', 'o-' || n, 'customer', 'c-' || n % 100, 'amount', 10)
         FROM generate_series(1, $1::int) AS n`,
      [events],
    );
    const folder = await mkdtemp(path.join(os.tmpdir(), 'plan-bench-outbox-'));
    const env = {
      ...{ DATABASE_URL: database.url ?? '', AMQP_URL: to },
      ...{ PLAN_PROCESS: 'relay', PLAN_STRATEGY: 'outbox' },
    };
    const started = await Promise.all(
      ['one', 'other'].map((name) =>
        startProgram(program, { env, logFile: path.join(folder, name), signal }),
      ),
    );
    return async () => {
      for (const one of started) if (one.healthy) await one.program.stop();
      await rm(folder, { recursive: true });
    };
  };
}

async function built(language: string): Promise<Built> {
  const implementation = await resolveImplementation({ kataFolder, language, cwd: repository });
  return buildImplementation(implementation, { signal, onProgress: () => undefined });
}
