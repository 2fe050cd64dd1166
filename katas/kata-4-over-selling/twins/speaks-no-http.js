// Healthy over HTTP; a purchase is answered with bytes that are no HTTP at all.
import { createServer } from 'node:net';
import { port } from './twin.mjs';

createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    const isHealth = bytes.toString().startsWith('GET /health');
    socket.write(isHealth ? 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}' : 'SOLD 1 UNIT\n');
  });
}).listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
