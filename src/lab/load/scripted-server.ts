import { once } from 'node:events';
import net from 'node:net';

/** A request as it came; enough for tests, which send no two in one piece. */
export interface Heard {
  readonly text: string;
  /** Counted from 0, over all connections. */
  readonly n: number;
  /** Which connection, counted from 0. */
  readonly connection: number;
}

export interface ScriptedServer {
  readonly url: string;
  readonly heard: Heard[];
  connections: number;
  stop(): Promise<void>;
}

export const okAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A server for tests that does with the bare socket whatever its script says. */
export async function startScripted(
  script: (socket: net.Socket, heard: Heard) => void,
): Promise<ScriptedServer> {
  const sockets = new Set<net.Socket>();
  const heard: Heard[] = [];
  const server = net.createServer({ noDelay: true }, (socket) => {
    const connection = scripted.connections;
    scripted.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const request = { text: bytes.toString('latin1'), n: heard.length, connection };
      heard.push(request);
      script(socket, request);
    });
  });
  server.listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${port}`,
    heard,
    connections: 0,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return scripted;
}
