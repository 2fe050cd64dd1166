// Ends at SIGTERM with calls under way that it has not acknowledged: its successor calls once more.
import { createServer } from 'node:http';
import amqp from 'amqplib';
import { done, rejects, workers } from './twin-rabbit.mjs';

const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true });
const channel = await connection.createChannel();
await channel.assertQueue('jobs', { durable: true, arguments: rejects });
await channel.prefetch(workers);
await channel.consume('jobs', (message) => message && done(message, channel));
createServer((_, response) => response.end('{}')).listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
