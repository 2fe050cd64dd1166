import { checksum, serve, wait } from './twin.mjs';

let last = 1;

serve(async ({ id, amount }) => {
  const before = last;
  last = amount;
  await wait();
  return { status: 201, body: { id, amount: before, checksum: checksum(id) } };
});
