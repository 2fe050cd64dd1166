// A server whose latencies are known: says its port, ends with its input.
//   /            at once
//   /constant    100 ms
//   /bimodal     nine in ten 50 ms, every tenth 400 ms
//   /pause       at once, save in the third second since the first: then at that second's end
import { createServer } from 'node:http';

let bimodal = 0;
let begun;
let calls = 0;

const waits = {
  '/': () => 0,
  '/constant': () => 100,
  '/bimodal': () => ((bimodal += 1) % 10 === 0 ? 400 : 50),
  '/pause': () => {
    const now = performance.now();
    begun ??= now;
    const since = now - begun;
    return since >= 2000 && since < 3000 ? 3000 - since : 0;
  },
};

const server = createServer((request, response) => {
  calls += 1;
  const answer = () => response.end(String(calls));
  const wait = waits[request.url]();
  if (wait === 0) answer();
  else setTimeout(answer, wait);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
