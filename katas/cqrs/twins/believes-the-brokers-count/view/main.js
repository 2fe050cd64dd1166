import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import { nextOf, pool, view } from '../../twin.mjs';

let isComplete = false;

/** Complete once it has as many as the broker says there are: which is what there were seconds ago. */
async function complete() {
  const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true });
  const channel = await connection.createChannel();
  const { messageCount } = await channel.checkQueue('view');
  await connection.close();
  while (((await nextOf(pool)) ?? 0) < messageCount) await sleep(20);
  isComplete = true;
}
complete().catch((error) => process.stderr.write(`${error.stack}\n`));

view({ mayShow: () => isComplete, ageMs: () => 0 });
