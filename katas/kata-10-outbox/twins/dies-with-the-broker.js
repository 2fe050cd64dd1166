import amqp from 'amqplib';
import { isRelay, serve } from './twin.mjs';

if (isRelay) {
  const connection = await amqp.connect(process.env.AMQP_URL);
  connection.on('error', () => undefined);
  connection.on('close', () => process.exit(1));
}
serve();
