// Right, until the broker restarts: then it is healthy for ever, and does nothing.
import amqp from 'amqplib';
import { honest, live, messageOf } from './twin.mjs';

const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true });
connection.on('error', () => undefined);
const channel = await connection.createConfirmChannel();
channel.on('error', () => undefined);
await channel.prefetch(Number(process.env.PLAN_PREFETCH));
await channel.consume('work', (raw) => raw && honest(messageOf(raw), channel), {
  consumerTag: 'twin',
});
live(async () => {
  await channel.cancel('twin').catch(() => undefined);
  await connection.close().catch(() => undefined);
});
