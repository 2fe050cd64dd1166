// Stores every purchase and closes the connection instead of answering.
import { sell, serve } from './twin.mjs';

serve(async (order, response) => {
  await sell(order);
  response.destroy();
});
