import net from 'node:net';

const everyMs = 25;

/**
 * How long a new connection waits until this process takes it in: Node takes in one a turn of its loop, so
 * that whoever comes among many waits, and not by any fault of the program that called. One after the other.
 * @param told of each, milliseconds from connecting until it was taken in
 * @returns what ends it
 */
export function watchDoor(server: net.Server, told: (lateMs: number) => void): () => void {
  const { port } = server.address() as net.AddressInfo;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let visitor: net.Socket | undefined;

  const knock = (): void => {
    const sent = performance.now();
    const arrived = new Map<number | undefined, number>();
    const socket = net.connect({ port, host: '127.0.0.1' });
    visitor = socket;
    // Either side may be told first that they are connected.
    const look = (): void => {
      const took = arrived.get(socket.localPort);
      if (took === undefined) return;
      told(took - sent);
      socket.destroy();
    };
    const takenIn = ({ remotePort }: net.Socket): void => {
      arrived.set(remotePort, performance.now());
      look();
    };
    server.on('connection', takenIn);
    socket.on('connect', look);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      server.off('connection', takenIn);
      if (!isOver) timer = setTimeout(knock, everyMs);
    });
  };
  knock();
  return () => {
    isOver = true;
    clearTimeout(timer);
    visitor?.destroy();
  };
}
