import { connect, createServer } from 'node:net';

/**
 * Two ranges below those that Linux (from 32768) and macOS (from 49152) hand out to outgoing
 * connections: there, a client's connection may take a port between a look at it and the start of
 * whoever is to listen, and while a server that is to come back is down.
 */
const ranges = { server: [10_000, 20_000], program: [20_000, 32_000] } as const;

const handedOut = new Set<number>();

/** A port of 127.0.0.1 that nobody listens on, and that this process has not given out before. */
export async function choosePort(whose: keyof typeof ranges): Promise<number> {
  const [lowest, highest] = ranges[whose];
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (handedOut.size > (highest - lowest) / 2) handedOut.clear();
    if ((await canListen(port)) && !(await answers(port))) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** On macOS one may listen on 127.0.0.1 while somebody else listens on all addresses. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
