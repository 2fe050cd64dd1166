import { confirm, find, serve, store } from './twin.mjs';

/** Orders are acknowledged from a buffer that is written now and then, and at SIGTERM. */
const buffer = new Map();

async function flush() {
  const now = [...buffer.values()];
  for (const order of now) await store(order);
  for (const { id } of now) buffer.delete(id);
}

serve({
  start: () => setInterval(() => void flush(), 2_000),
  async place(order) {
    const kept = buffer.get(order.id) ?? (await find(order.id)) ?? order;
    buffer.set(order.id, kept);
    await confirm(order.id);
    return { status: 201, body: kept };
  },
  find: async (id) => buffer.get(id) ?? find(id),
  end: flush,
});
