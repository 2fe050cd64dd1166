/**
 * What the lab's receiver costs for each span that programs tell, at a fixed rate: processor time of this
 * process, as it is in `plan`, while another one sends batches as an SDK does. PLAN_BENCH_ROUNDS makes it
 * longer.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Collected } from '../../src/lab/telemetry/collected.js';
import { exportRequest } from '../../src/lab/telemetry/otlp/schema.js';
import { startReceiver } from '../../src/lab/telemetry/receiver.js';
import { holdTo, median, tellAs } from './kit/measure.js';

const limitUs = 20;
/** As many as an SDK sends at once, and about what half a small server tells in that time. */
const batch = { spans: 512, everyMs: 100, times: 20 };
const rounds = Number(process.env['PLAN_BENCH_ROUNDS'] ?? 5);

const sender = `
const [body, to, times, everyMs] = process.argv.slice(1);
const bytes = require('node:fs').readFileSync(body);
const headers = { 'content-type': 'application/x-protobuf' };
(async () => {
  for (let n = 0; n < Number(times); n += 1) {
    const due = new Promise((resolve) => setTimeout(resolve, Number(everyMs)));
    const answer = await fetch(to, { method: 'POST', headers, body: bytes });
    if (answer.status !== 200) throw new Error(String(answer.status));
    await due;
  }
})();`;

const folder = await mkdtemp(path.join(tmpdir(), 'plan-bench-'));
try {
  const body = path.join(folder, 'batch');
  await writeFile(body, batchOfSpans());
  const costs: number[] = [];
  // The first warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const cost = await costOfASpan(body, path.join(folder, `${round}.jsonl`));
    if (round > 0) costs.push(cost);
  }
  process.stdout.write(`\nReceiver, ${rounds} rounds of ${batch.spans * batch.times} spans\n`);
  tellAs('processor time a span', costs, 'µs');
  holdTo('processor time a span', median(costs), limitUs, 'µs');
} finally {
  await rm(folder, { recursive: true });
}

/** Microseconds, without those that this process takes where nobody sends. */
async function costOfASpan(body: string, file: string): Promise<number> {
  const collected = new Collected(file);
  const receiver = await startReceiver(collected);
  const to = `${receiver.url}/v1/traces`;
  const idle = await processorTime(() => send(body, to, 0));
  const busy = await processorTime(() => send(body, to, batch.times));
  await receiver.stop();
  await collected.end();
  const wanted = batch.spans * batch.times;
  if (collected.spans.length !== wanted) throw new Error(`${collected.spans.length} spans came`);
  return (busy - idle) / wanted;
}

async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function send(body: string, to: string, times: number): Promise<unknown> {
  const words = ['-e', sender, body, to, String(times), String(batch.everyMs)];
  return promisify(execFile)(process.execPath, words);
}

/** As those of kata 13's references: a handful of attributes. */
function batchOfSpans(): Uint8Array {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const hex = (n: number, bytes: number): Buffer =>
    Buffer.from((n + 1).toString(16).padStart(2 * bytes, '0'), 'hex');
  const spans = Array.from({ length: batch.spans }, (_, n) => ({
    ...{ traceId: hex(n, 16), spanId: hex(n, 8), parentSpanId: hex(n + 1, 8) },
    ...{ name: 'process orders', kind: 5, flags: 257, status: {} },
    ...{ startTimeUnixNano: '1795965211311000250', endTimeUnixNano: '1795965211508948000' },
    attributes: [
      text('order.id', `order-crowd-${n}`),
      text('messaging.system', 'rabbitmq'),
      text('messaging.operation.type', 'process'),
      text('messaging.destination.name', 'orders'),
    ],
  }));
  const resource = { attributes: [text('service.name', 'worker')] };
  const request = { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
  return exportRequest.encode(exportRequest.fromObject(request)).finish();
}
