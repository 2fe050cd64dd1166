import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import net from 'node:net';

/**
 * A RabbitMQ of a version that is not there yet: the real one behind a proxy that changes the first
 * digit of the version it tells of itself. Its management API has no vhosts.
 * @returns the variables that name it
 */
export async function newerBroker(
  url: string,
  version: string,
): Promise<{ env: NodeJS.ProcessEnv; version: string; close(): Promise<void> }> {
  const newer = version.replace(/^\d+/, (digits) => '9'.repeat(digits.length));
  const { hostname, port } = new URL(url);
  const proxy = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
    client.pipe(upstream);
    upstream.on('data', (bytes: Buffer) =>
      client.write(bytes.toString('latin1').replace(version, newer), 'latin1'),
    );
  });
  const management = createHttpServer((_request, response) => response.end('[]'));
  for (const server of [proxy, management]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const portOf = (server: net.Server): string => String((server.address() as net.AddressInfo).port);
  const own = new URL(url);
  own.port = portOf(proxy);
  return {
    env: {
      AMQP_URL: own.href,
      RABBITMQ_MANAGEMENT_URL: `http://127.0.0.1:${portOf(management)}`,
    },
    version: newer,
    close: async () => {
      management.closeAllConnections();
      for (const server of [proxy, management]) {
        server.close();
        await once(server, 'close');
      }
    },
  };
}
