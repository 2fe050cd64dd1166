import type { ChannelModel } from 'amqplib';
import { errorMessage } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import type { ProviderName, ServiceRecord } from '../../kata/run-record.js';

/** A connection that cannot bring the program down when the broker breaks it. */
export async function connectBroker(url: string, timeoutMs = 5_000): Promise<ChannelModel> {
  const { connect } = await import('amqplib');
  const connection = await connect(url, { timeout: timeoutMs, noDelay: true });
  connection.on('error', () => undefined);
  return connection;
}

/**
 * What the run record says of a broker, asked from the broker itself; a channel has opened then.
 * @throws the driver's error
 */
export async function brokerRecord(
  url: string,
  how: { provider: ProviderName; kept: boolean },
): Promise<ServiceRecord> {
  const connection = await connectBroker(url);
  try {
    await (await connection.createChannel()).close();
    const { version, platform } = connection.connection.serverProperties as ServerProperties;
    return {
      name: 'rabbitmq',
      version: version ?? '?',
      ...how,
      url: maskUrl(url),
      settings: { ...(platform && { platform }) },
    };
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** Asks a broker of ours. One that does not answer refuses nothing: it may be busy, or killed. */
export async function refusesUs(url: string): Promise<boolean> {
  return connectBroker(url).then(
    (connection) => connection.close().then(() => false),
    (error: unknown) => errorMessage(error).includes('ACCESS_REFUSED'),
  );
}

/** Some services that speak AMQP say less of themselves. */
interface ServerProperties {
  readonly version?: string;
  /** `Erlang/OTP 25.2.3` */
  readonly platform?: string;
}
