import { createSocket, type Socket } from 'node:dgram';
import { connect, createServer } from 'node:net';

/**
 * Two ranges below those that Linux (from 32768) and macOS (from 49152) hand out to outgoing
 * connections: there, a client's connection may take a port between a look at it and the start of
 * whoever is to listen, and while a server that is to come back is down.
 */
const ranges = { server: [10_000, 20_000], program: [20_000, 32_000] } as const;

const handedOut = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on, that this process has not given out before, and that
 * no other lab of this machine is about to use, whatever folders it has.
 */
export async function choosePort(whose: keyof typeof ranges): Promise<number> {
  const [lowest, highest] = ranges[whose];
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (handedOut.size > (highest - lowest) / 2) handedOut.clear();
    const claim = await claimed(port);
    if (!claim) continue;
    if ((await canListen(port)) && !(await answers(port))) {
      keep(claim);
      return port;
    }
    claim.close();
  }
}

/** Whoever was given one so many ports ago listens on it long since, or never will. */
const mostClaims = 64;
const claims: Socket[] = [];

function keep(claim: Socket): void {
  claims.push(claim);
  if (claims.length > mostClaims) claims.shift()?.close();
}

/**
 * Between a look at a port and its first listener another lab may look as well. Its number in UDP,
 * which no program of the lab's has a use for, is held meanwhile: the machine gives it to one only.
 */
function claimed(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(socket));
  });
}

export function canListen(port: number): Promise<boolean> {
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
