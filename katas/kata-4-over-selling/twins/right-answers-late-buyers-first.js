// Right, and unfair: who came last is served first.
import { sell, serve } from './twin.mjs';

const waiting = [];
let isOpen = false;

serve((order) => {
  const answer = new Promise((resolve) => waiting.push({ order, resolve }));
  setTimeout(open, 10);
  return answer;
});

async function open() {
  if (isOpen) return;
  isOpen = true;
  for (let next = waiting.pop(); next; next = waiting.pop()) next.resolve(await sell(next.order));
  isOpen = false;
}
