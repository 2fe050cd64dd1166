import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** Chunks of these sizes, and the rest; empty ones are left out. */
export function cutUp(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (size > 0 && at < bytes.length) chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

/** A TCP server of a test's own, and everything that was connected to it. */
export interface TestServer {
  readonly url: string;
  /** In the order in which they came. */
  readonly sockets: readonly Socket[];
  stop(): Promise<void>;
}

export async function tcpServer(onSocket: (socket: Socket) => void): Promise<TestServer> {
  const sockets: Socket[] = [];
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A client that remembers what came and how it ended. */
export interface TestClient {
  readonly socket: Socket;
  readonly received: () => Buffer;
  /** `fin`, `ECONNRESET`, … */
  readonly ended: Promise<string>;
}

export function tcpClient(url: string): TestClient {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: hostname,
    port: Number(port),
    allowHalfOpen: true,
    noDelay: true,
  });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<string>((resolve) => {
    socket.on('end', () => resolve('fin'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => resolve('closed'));
  });
  return { socket, received: () => Buffer.concat(chunks), ended };
}
