import { checksum, serve, wait } from './twin.mjs';

serve(async ({ id, amount }) => {
  await wait();
  return { status: 201, body: { amount, checksum: checksum(id) } };
});
