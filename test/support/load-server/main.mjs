// Stands in for main.go where Go is not installed.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"id":"order-1","status":"accepted"}');
});
server.listen(0, '127.0.0.1', 8192, () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
