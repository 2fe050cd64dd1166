// Right until the first "sold out", which it then believes for ever.
import { sell, serve, soldOut } from './twin.mjs';

let isSoldOut = false;

serve(async (order) => {
  if (isSoldOut) return soldOut();
  const answer = await sell(order);
  isSoldOut = answer.status === 409;
  return answer;
});
