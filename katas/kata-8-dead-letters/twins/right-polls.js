// Asks the broker for messages one by one, instead of consuming.
import { setTimeout as sleep } from 'node:timers/promises';
import { connected, honest, live, messageOf } from './twin.mjs';

let stopping = false;

async function poll() {
  while (!stopping) {
    const connection = await connected();
    await takeFrom(connection).catch(() => undefined);
    await connection.close().catch(() => undefined);
  }
}

/** Until it is told to stop, or the connection breaks. */
async function takeFrom(connection) {
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  while (!stopping) {
    const raw = await channel.get('work');
    if (raw === false) await sleep(5);
    else await honest(messageOf(raw), channel);
  }
}

const stopped = poll();
live(async () => {
  stopping = true;
  await stopped;
});
